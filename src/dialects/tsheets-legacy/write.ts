import type { FastifyReply } from 'fastify';
import { sendPieces } from '../../http/pieces.ts';
import type { Answer, Params, Tree } from './action.ts';
import { xmlOf, xmlPieces } from './xml.ts';

/** Sends an answer in the form that the parameters ask for: XML, or JSON by `output_format`. */
export function send(reply: FastifyReply, params: Params, fields: { readonly [name: string]: Tree }): FastifyReply {
  return typed(reply, params) === 'json' ? reply.send(JSON.stringify(plain(fields))) : reply.send(xmlOf(fields));
}

/** Sends what an action says when it succeeds. */
export function sendSuccess(reply: FastifyReply, params: Params, answer: Answer): FastifyReply | Promise<FastifyReply> {
  const { message, fields = {}, list } = answer;
  const all = { status: 'ok', message, ...fields };
  if (list === undefined) return send(reply, params, all);
  const pieces = typed(reply, params) === 'json' ? jsonPieces : xmlPieces;
  return sendPieces(reply, pieces(all, list.name, list.rows));
}

function typed(reply: FastifyReply, params: Params): 'json' | 'xml' {
  const json = params.get('output_format')?.trim().toLowerCase() === 'json';
  reply.type(json ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8');
  return json ? 'json' : 'xml';
}

async function* jsonPieces(
  fields: { readonly [name: string]: Tree },
  name: string,
  rows: AsyncIterable<Tree>,
): AsyncGenerator<string> {
  let before = `${JSON.stringify(plain(fields)).slice(0, -1)},${JSON.stringify(name)}:[`;
  for await (const row of rows) {
    yield before + JSON.stringify(plain(row));
    before = ',';
  }
  yield before === ',' ? ']}' : `${before}]}`;
}

function plain(value: Tree): Tree {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
