import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { DomainError } from '../../lib/errors.ts';
import { parseInstant, zoneName } from '../../lib/time.ts';
import type { Call } from './call.ts';
import { readFormatted } from './read-timestamps.ts';
import { iso, longestFormat, writeFormatted } from './timestamps.ts';
import { invalid } from './validation.ts';

/** Characters of a body. Reference: (g) What bad input gets. */
const longestBody = 64_000;
/** A character takes four bytes at most. */
export const bodyLimit = 4 * longestBody;
const deepest = 64;

/** Reads every body as JSON, whatever type it names; an empty one is none. */
export function readBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser('error', 'error');
  // Clients name the JSON they send in ways that are no media type, or not at all.
  scope.addHook('onRequest', async ({ raw }) => {
    if (raw.headers['content-type'] !== undefined) raw.headers['content-type'] = 'application/json';
  });
  scope.addContentTypeParser<string>('*', { parseAs: 'string', bodyLimit }, (request, text, done) => {
    const body = text.replace(/^\uFEFF/, '');
    if (body.length > longestBody) return done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
    if (body.trim() === '') return done(null, undefined);
    parse(request, body, (error, value) => {
      if (error !== null) return done(new errorCodes.FST_ERR_CTP_INVALID_JSON_BODY());
      const refusal = unstorable(value, 0);
      return refusal === undefined ? done(null, value) : done(new DomainError('invalid', refusal));
    });
  });
}

/** Why a value could not be stored, wherever it is put; undefined for one that can. */
function unstorable(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed()
      ? 'A text holds characters that can not be stored.'
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= deepest) return `Values may be nested at most ${deepest} levels deep.`;
  for (const [key, part] of Object.entries(value)) {
    const refusal = unstorable(key, depth) ?? unstorable(part, depth + 1);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/**
 * What the request says about times: headers, with the prefix Timekit- or without, or parameters of the same names.
 * Throws Invalid for a zone that does not exist. Reference: (a) Authentication.
 */
export function timesOf(
  request: FastifyRequest,
  query: URLSearchParams,
): Pick<Call, 'zone' | 'writeTime' | 'readTime'> {
  const said = (name: string): string | undefined => {
    const lower = name.toLowerCase();
    const header = request.headers[`timekit-${lower}`] ?? request.headers[lower];
    const asked = [...query].find(([key]) => key.toLowerCase() === `timekit-${lower}` || key.toLowerCase() === lower);
    const text = typeof header === 'string' ? header : asked?.[1];
    return text === undefined || text.trim() === '' ? undefined : text.trim();
  };
  const named = said('Timezone');
  const own = named === undefined ? undefined : zoneName(named);
  if (named !== undefined && own === undefined)
    throw invalid('timezone', 'The Timekit-Timezone is not a valid timezone.');
  const zone = own ?? 'UTC';
  const format = (name: string): string | undefined => {
    const text = said(name);
    if (text === undefined || text.length <= longestFormat) return text;
    throw invalid(name, `The ${name} may not be greater than ${longestFormat} characters.`);
  };
  const [input, output] = [format('InputTimestampFormat'), format('OutputTimestampFormat')];
  return {
    zone,
    writeTime: (epochSeconds, other = zone) =>
      output === undefined ? iso(epochSeconds, other) : writeFormatted(epochSeconds, other, output),
    readTime: (field, value, otherwise = 'UTC') => {
      const text = typeof value === 'string' ? value.trim() : '';
      const place = own ?? otherwise;
      const moment = (input === undefined ? undefined : readFormatted(text, place, input)) ?? parseInstant(text, place);
      if (moment === undefined) throw invalid(field, `The ${field} is not a valid timestamp.`);
      return moment;
    },
  };
}
