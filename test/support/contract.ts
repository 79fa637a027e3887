import assert from 'node:assert/strict';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { descriptions } from '../../src/descriptions.ts';
import { documentOf } from '../../src/http/openapi/document.ts';
import type { Method, OpenApiDocument, Operation, Reference, Response } from '../../src/http/openapi/types.ts';

/** What a server answered against its own description, in words; nothing when all of it was as described. */
export interface Contract {
  violations: ReadonlySet<string>;
}

/** Holds every answer of a server against the OpenAPI document, on the wire, whoever asked. */
export function watchContract(server: Server): Contract {
  const violations = new Set<string>();
  // A description that fails does so here, and not in the middle of somebody's request.
  described();
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '' } = request;
    if (operationOf(method, url, '') === undefined) return;
    const sent = isLegacy(url) ? bodyOf(request) : () => '';
    const pieces: Buffer[] = [];
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string') pieces.push(Buffer.from(chunk));
      else if (chunk instanceof Uint8Array) pieces.push(Buffer.from(chunk));
    };
    let type = '';
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
    // Headers that are given here are not those that getHeader knows.
    response.writeHead = ((...args: unknown[]) => {
      const given = args.find((arg) => typeof arg === 'object' && arg !== null) ?? {};
      const named = Object.entries(given).find(([name]) => name.toLowerCase() === 'content-type');
      type = String(named?.[1] ?? type);
      return writeHead(...args);
    }) as typeof response.writeHead;
    const write = response.write.bind(response) as (...args: unknown[]) => boolean;
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.write = ((...args: unknown[]) => {
      keep(args[0]);
      return write(...args);
    }) as typeof response.write;
    response.end = ((...args: unknown[]) => {
      keep(args[0]);
      type ||= String(response.getHeader('content-type') ?? '');
      const known = operationOf(method, url, sent());
      const wrong = known && complaintOf(known, response, type, Buffer.concat(pieces));
      if (known !== undefined && wrong !== undefined) violations.add(`${known.title} ${response.statusCode}: ${wrong}`);
      return end(...args);
    }) as typeof response.end;
  });
  return { violations };
}

/** Fails when an answer was not as described. */
export function demandContract({ violations }: Contract): void {
  const told = [...violations];
  assert.deepEqual(told.slice(0, 10), [], `${told.length} kinds of answers are not as the OpenAPI document says`);
}

interface Known {
  readonly title: string;
  readonly pointer: string;
  readonly operation: Operation;
}

interface Described {
  readonly document: OpenApiDocument;
  readonly ajv: Ajv2020;
  readonly validators: Map<string, ValidateFunction>;
  /** The paths without and with parameters. */
  readonly plain: ReadonlySet<string>;
  readonly templates: readonly { readonly test: RegExp; readonly path: string }[];
}

let kept: Described | undefined;

/** Made once in a process: compiling the schemas takes longer than checking with them. */
function described(): Described {
  if (kept !== undefined) return kept;
  const document = documentOf(
    descriptions.map(({ describe }) => describe()),
    '0',
  );
  // Functions that are small and not improved: making them takes longer than all that they check.
  const ajv = new Ajv2020({ strict: false, validateSchema: false, inlineRefs: false, code: { optimize: false } });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  const paths = Object.keys(document.paths);
  const parametersIn = (path: string): number => path.split('{').length;
  // What names more of the path goes first: /bookings/groups/{id} before /bookings/{id}/{action}.
  const templates = paths
    .filter((path) => path.includes('{'))
    .sort((one, other) => parametersIn(one) - parametersIn(other))
    .map((path) => ({
      path,
      test: new RegExp(`^${path.replace(/[.+*?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    }));
  kept = { document, ajv, validators: new Map(), plain: new Set(paths), templates };
  return kept;
}

function isLegacy(url: string): boolean {
  return /^\/+api\.php(\/|\?|$)/.test(url);
}

/** What a request has in its body, as far as the server has read it. */
function bodyOf(request: IncomingMessage): () => string {
  const pieces: Buffer[] = [];
  const emit = request.emit.bind(request) as (...args: unknown[]) => boolean;
  request.emit = ((...args: unknown[]) => {
    if (args[0] === 'data' && args[1] instanceof Buffer) pieces.push(args[1]);
    return emit(...args);
  }) as typeof request.emit;
  return () => Buffer.concat(pieces).toString();
}

/** The action of the legacy API that a request asks for; nothing where its body may say it in some way that is not plain. */
function actionIn(query: string, body: string): string {
  const inBody = body.split('action').length - 1;
  const asked =
    inBody === 0 ? new URLSearchParams(query).getAll('action').at(-1) : /(?:^|&)action=(\w+)(?:&|$)/.exec(body)?.[1];
  return inBody > 1 ? '' : (asked ?? '').trim().toLowerCase();
}

function operationOf(method: string, url: string, body: string): Known | undefined {
  const { document, plain, templates } = described();
  const [address = '', query = ''] = url.split(/\?(.*)/s);
  let path = address.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  if (isLegacy(path)) {
    const named = `/api.php/${actionIn(query, body)}`;
    path = plain.has(named) ? named : '/api.php';
  }
  if (!plain.has(path)) path = templates.find(({ test }) => test.test(path))?.path ?? path;
  const verb = method.toLowerCase() as Method;
  const operation = document.paths[path]?.[verb];
  if (operation === undefined) return undefined;
  const pointer = `openapi#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${verb}`;
  return { title: `${method} ${path}`, pointer, operation };
}

function complaintOf(
  { pointer, operation }: Known,
  response: ServerResponse,
  contentType: string,
  body: Buffer,
): string | undefined {
  const status = String(response.statusCode);
  const [where, answer] = answerOf(`${pointer}/responses/${status}`, operation.responses[status]);
  if (answer === undefined) return `the status is not described; the body is ${clipped(body.toString())}`;
  const type = contentType.replace(/;.*/, '');
  if (body.length === 0 && (answer.content === undefined || status === '304')) return undefined;
  const media = answer.content?.[type];
  if (media === undefined) return `the type ${type || '(none)'} is not described`;
  if (!/json$/.test(type)) return undefined;
  return invalidity(`${where}/content/${type.replaceAll('/', '~1')}/schema`, body.toString());
}

/** The answer itself where the operation refers to one that several share, and its place. */
function answerOf(place: string, answer: Response | Reference | undefined): [string, Response | undefined] {
  if (answer === undefined || !('$ref' in answer)) return [place, answer];
  const name = answer.$ref.replace('#/components/responses/', '');
  return [`openapi#/components/responses/${name}`, described().document.components.responses[name]];
}

function invalidity(schema: string, text: string): string | undefined {
  const { ajv, validators } = described();
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile({ $ref: schema.replaceAll('{', '%7B').replaceAll('}', '%7D') });
    validators.set(schema, validate);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return `the body is no JSON: ${clipped(text)}`;
  }
  if (validate(body)) return undefined;
  const [{ instancePath, message, params } = { instancePath: '', message: 'is not valid', params: {} }] =
    validate.errors ?? [];
  // Ids and positions differ from answer to answer; one complaint of a kind is enough.
  return `${instancePath.replace(/\/\d+/g, '/*') || 'the body'} ${message} ${JSON.stringify(params)} in ${clipped(text)}`;
}

function clipped(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}...` : text;
}
