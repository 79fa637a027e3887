import { replayedHeaders } from '../../../http/openapi/idempotency.ts';
import type { Content, Operation, Parameter, PathItem, Response, Schema } from '../../../http/openapi/types.ts';
import type { Exchange, Said } from '../action.ts';
import { actions } from '../actions/index.ts';
import { openActions } from '../authentication.ts';
import { named, text } from '../said/parts.ts';
import { bothForms, failure, refusals } from './errors.ts';

const address = '/api.php';

/** Everything that the API can be asked for, sessions first. */
const said: readonly (readonly [name: string, said: Said])[] = [
  ...Object.entries(openActions),
  ...Object.entries(actions),
].map(([name, entry]) => [name, entry.said]);

/** The parameter that every operation has. */
export const outputFormat: Parameter = {
  name: 'output_format',
  in: 'query',
  description: 'Form of the answer.',
  schema: { type: 'string', enum: ['xml', 'json'], default: 'xml' },
  example: 'json',
};

const common = { $ref: '#/components/parameters/LegacyOutputFormat' };
const onceOnly = { $ref: '#/components/parameters/LegacyIdempotencyKey' };

/** One path for each action, and one for all of them. */
export function paths(): Readonly<Record<string, PathItem>> {
  const all: Record<string, PathItem> = { [address]: anyAction() };
  for (const [name, action] of said) all[`${address}/${name}`] = pathOf(name, action);
  return all;
}

/** Operations are named after the action, where clients send it by the method that fits; by the other one it is told. */
function pathOf(name: string, action: Said): PathItem {
  const id = `legacy_${name}`.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const [get, post] = action.reads ? [id, `${id}ByPost`] : [`${id}ByGet`, id];
  const writes = Object.hasOwn(actions, name) && !action.reads;
  const shared = {
    tags: [action.tag],
    summary: action.summary,
    ...(action.description === undefined ? {} : { description: action.description }),
    responses: { 200: { ...successOf(action), ...(writes ? { headers: replayedHeaders } : {}) }, ...refusals },
    ...(name === 'get_token' ? { security: [] } : {}),
    'x-address': address,
  } as const;
  const always = [actionOf(name), common, ...(writes ? [onceOnly] : [])];
  const { content, required } = bodyOf(action);
  const byGet: Operation = { operationId: get, ...shared, parameters: [...always, ...queryOf(action)] };
  const byPost: Operation = {
    operationId: post,
    ...shared,
    parameters: always,
    ...(content === undefined ? {} : { requestBody: { required, content } }),
  };
  const same = { 'x-same-as': id };
  return action.reads ? { get: byGet, post: { ...byPost, ...same } } : { post: byPost, get: { ...byGet, ...same } };
}

function actionOf(name: string): Parameter {
  return {
    name: 'action',
    in: 'query',
    description: 'The action, in any case of letters.',
    required: true,
    schema: { type: 'string', const: name },
    example: name,
  };
}

function queryOf({ parameters = {}, examples: [example] }: Said): Parameter[] {
  const { properties = {}, required = [] } = parameters;
  return Object.entries(properties).map(
    ([name, { description = '', ...schema }]): Parameter => ({
      name,
      in: 'query',
      description,
      ...(required.includes(name) ? { required: true } : {}),
      schema,
      ...(name in example.params ? { example: example.params[name] } : {}),
    }),
  );
}

function bodyOf({ parameters, examples }: Said): { content?: Content; required: boolean } {
  if (parameters === undefined) return { required: false };
  const media = {
    schema: parameters,
    examples: byName(examples, ({ summary, params }) => ({ summary, value: params })),
  };
  return {
    required: (parameters.required ?? []).length > 0,
    content: { 'application/x-www-form-urlencoded': media, 'application/json': media },
  };
}

function successOf({ fields = {}, examples }: Said): Response {
  const schema: Schema = {
    type: 'object',
    properties: {
      status: { const: 'ok', description: 'Says that it is done.' },
      message: text('The same in words.'),
      ...fields.properties,
    },
    required: ['status', 'message', ...(fields.required ?? [])],
    additionalProperties: false,
  };
  const shown = byName(examples, ({ summary, message, fields: more }): readonly [string, object] => [
    summary,
    { status: 'ok', message, ...more },
  ]);
  return answerOf(schema, shown as Parameters<typeof bothForms>[1]);
}

function answerOf(success: Schema, examples: Parameters<typeof bothForms>[1]): Response {
  const failed = failure(7005, 'You do not have permission to do that.');
  return {
    description: 'It is done, or it failed: `status` says which.',
    content: bothForms({ oneOf: [success, named('LegacyFailure')] }, { ...examples, failure: ['A failure', failed] }),
  };
}

function byName<T>(examples: readonly Exchange[], part: (exchange: Exchange) => T): Record<string, T> {
  return Object.fromEntries(examples.map((exchange, index) => [`example${index + 1}`, part(exchange)]));
}

/** The address itself, in general. */
function anyAction(): PathItem {
  const success: Schema = {
    type: 'object',
    description: 'What the action answers stands beside.',
    properties: { status: { const: 'ok' }, message: text('What was done, in words.') },
    required: ['status', 'message'],
  };
  const action: Parameter = {
    name: 'action',
    in: 'query',
    description: 'The action, in any case of letters. It may stand in the body, too.',
    schema: { type: 'string', enum: said.map(([name]) => name) },
    example: 'logout',
  };
  const done = { status: 'ok', message: 'User logged out successfully' };
  const shared = {
    tags: ['Requests'],
    summary: 'Do an action',
    description: 'Every action has this address; what each takes and answers stands with it.',
    parameters: [action, common, onceOnly],
    responses: { 200: answerOf(success, { example: ['The end of a session', done] }), ...refusals },
    'x-address': address,
  } as const;
  const form: Schema = {
    type: 'object',
    description: 'Parameters of the action; what stands here wins over the query.',
    properties: { action: action.schema, token: text('Token of the session.') },
  };
  const media = { schema: form, example: { action: 'logout', token: '7c1f0f6d2e5b4a39a8d4e6f1b2c3d4e5' } };
  return {
    post: {
      operationId: 'legacyRequest',
      ...shared,
      requestBody: { content: { 'application/x-www-form-urlencoded': media, 'application/json': media } },
    },
    get: { operationId: 'legacyRequestByGet', ...shared, 'x-same-as': 'legacyRequest' },
  };
}
