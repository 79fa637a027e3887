import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../lib/errors.ts';
import type { Params } from './action.ts';

const formType = 'application/x-www-form-urlencoded';
const mediaType = /^\s*[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(;|$)/;

/** Makes the bodies of a scope parameters, whatever they are called: forms, multipart forms, and flat JSON objects. */
export function readParams(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    const type = headers['content-type'];
    if (type !== undefined && !mediaType.test(type)) headers['content-type'] = formType;
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) =>
    Object.fromEntries(await entriesOf(request.headers['content-type'] ?? formType, body)),
  );
}

/** The parameters of a request; what is said in the body wins over the query, and what is said last over what came before. */
export function paramsOf({ url, body }: FastifyRequest): Params {
  const at = url.indexOf('?');
  const query = at < 0 ? '' : url.slice(at + 1);
  return new Map([...new URLSearchParams(query), ...Object.entries((body ?? {}) as Record<string, string>)]);
}

type Entry = readonly [name: string, value: string];

async function entriesOf(type: string, body: Buffer): Promise<Iterable<Entry>> {
  if (/^\s*multipart\/form-data/i.test(type)) return partsOf(type, body);
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  // A client that forgets to say what it sends says form; no form begins like an object.
  return /json/i.test(type) || text.trimStart().startsWith('{') ? propertiesOf(text) : new URLSearchParams(text);
}

async function partsOf(type: string, body: Buffer): Promise<Entry[]> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  } catch {
    throw new DomainError('invalid', 'The body is no valid multipart form.');
  }
}

function propertiesOf(text: string): Entry[] {
  if (text.trim() === '') return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('invalid', 'The body is no valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DomainError('invalid', 'A JSON body must be an object of parameters.');
  }
  return Object.entries(value).map(([name, property]) => [name, textOf(name, property)]);
}

function textOf(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'object' && value !== null) {
    throw new DomainError('invalid', `${name} must be a text or a number`, { field: name });
  }
  return value === null ? '' : String(value);
}
