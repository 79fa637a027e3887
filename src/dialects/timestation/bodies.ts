import type { FastifyInstance } from 'fastify';
import { DomainError } from '../../lib/errors.ts';
import { type Fields, formFields, jsonFields } from './fields.ts';

/** Bytes of a body; the longest is a shift with long notes. */
export const bodyLimit = 256 * 1024;

/** Reads bodies as forms and as JSON. What names no type is a form, as every example of the reference is one. */
export function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const add = (type: string | RegExp, parse: (text: string) => Fields): void => {
    app.addContentTypeParser(type, { parseAs: 'string', bodyLimit }, (_request, body, done) => {
      const text = String(body).replace(/^\uFEFF/, '');
      try {
        done(null, text.trim() === '' ? undefined : parse(text));
      } catch (error) {
        done(error as Error);
      }
    });
  };
  add('application/x-www-form-urlencoded', formFields);
  add('application/json', jsonFields);
  add('*', () => {
    throw new DomainError('invalid', 'The body must be form-encoded or JSON', { code: 'content-type' });
  });
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    const type = headers['content-type']?.trim() || 'application/x-www-form-urlencoded';
    // What is no media type at all is none that is read here, too.
    headers['content-type'] = /^[\w.+-]+\/[\w.+-]+\s*(;|$)/.test(type) ? type : 'application/octet-stream';
  });
}
