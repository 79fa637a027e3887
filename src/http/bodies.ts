import { errorCodes, type FastifyInstance } from 'fastify';

/**
 * Reads JSON bodies. Clients name the type on requests without a body, and some begin the text with a byte order mark;
 * neither is a mistake worth a refusal. Scopes may add parsers for more types.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    const body = text.replace(/^\uFEFF/, '');
    if (body.trim() === '') return done(null, undefined);
    parse(request, body, (error, value) =>
      done(error === null ? null : new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY(), value),
    );
  });
}
