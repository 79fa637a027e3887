import type { FastifyInstance } from 'fastify';

/** The fields of a form or of a flat JSON object. */
export type Fields = Readonly<Record<string, string>>;

const mostBytes = 65_536;

function fieldsOfJson(text: string): Fields | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const texts = Object.entries(value).filter(([, field]) => typeof field === 'string' || typeof field === 'number');
  return Object.fromEntries(texts.map(([name, field]) => [name, String(field)]));
}

/**
 * Reads any body as form fields, or as JSON when it says or looks so: clients send forms with no, or with another,
 * content type. Only for the routes of this instance; the first value of a repeated field counts.
 */
export function takeAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: mostBytes }, (request, text, done) => {
    const body = String(text);
    const json = /json/i.test(request.headers['content-type'] ?? '') || body.startsWith('{');
    done(null, (json ? fieldsOfJson(body) : undefined) ?? fieldsOfForm(body));
  });
}

/** The fields of a form or query; the first value of a repeated one counts. */
export function fieldsOfForm(text: string): Fields {
  return Object.fromEntries([...new URLSearchParams(text)].reverse());
}
