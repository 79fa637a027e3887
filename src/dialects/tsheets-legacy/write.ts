import type { FastifyReply } from 'fastify';
import type { Answer, Params, Tree } from './action.ts';
import { xmlOf } from './xml.ts';

/** Sends an answer in the form that the parameters ask for: XML, or JSON by `output_format`. */
export function send(reply: FastifyReply, params: Params, fields: { readonly [name: string]: Tree }): FastifyReply {
  return params.get('output_format')?.trim().toLowerCase() === 'json'
    ? reply.type('application/json; charset=utf-8').send(JSON.stringify(plain(fields)))
    : reply.type('text/xml; charset=utf-8').send(xmlOf(fields));
}

/** What a success looks like. */
export function successOf({ message, fields = {} }: Answer): { readonly [name: string]: Tree } {
  return { status: 'ok', message, ...fields };
}

function plain(value: Tree): Tree {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
