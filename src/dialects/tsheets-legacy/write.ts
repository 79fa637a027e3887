import type { FastifyReply } from 'fastify';
import { sendPieces } from '../../http/pieces.ts';
import type { Answer, Params, Tree } from './action.ts';
import { xmlOf, xmlPieces } from './xml.ts';

interface Fields {
  readonly [name: string]: Tree;
}

/** Sends an answer in the form that the parameters ask for: XML, or JSON by `output_format`. */
export function send(reply: FastifyReply, params: Params, fields: Fields): FastifyReply {
  const { contentType, body } = written(params, fields);
  return reply.type(contentType).send(body);
}

/** Sends what an action says when it succeeds. */
export function sendSuccess(reply: FastifyReply, params: Params, answer: Answer): FastifyReply | Promise<FastifyReply> {
  const { list } = answer;
  if (list === undefined) return send(reply, params, successOf(answer));
  const pieces = wantsJson(params) ? jsonPieces : xmlPieces;
  return sendPieces(reply.type(typeFor(params)), pieces(successOf(answer), list.name, list.rows));
}

/** What an action that has no list says when it succeeds, as it is sent. */
export function successText(params: Params, answer: Answer): { contentType: string; body: string } {
  return written(params, successOf(answer));
}

function successOf({ message, fields = {} }: Answer): Fields {
  return { status: 'ok', message, ...fields };
}

function written(params: Params, fields: Fields): { contentType: string; body: string } {
  const body = wantsJson(params) ? JSON.stringify(plain(fields)) : xmlOf(fields);
  return { contentType: typeFor(params), body };
}

function wantsJson(params: Params): boolean {
  return params.get('output_format')?.trim().toLowerCase() === 'json';
}

function typeFor(params: Params): string {
  return wantsJson(params) ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8';
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
