import { isBlank } from '../../../engine/coerce.ts';
import type { Params } from '../../../engine/filters.ts';
import { attachmentNamed } from '../../../http/content-disposition.ts';
import { sendPieces } from '../../../http/pieces.ts';
import { csvOf } from '../../../lib/csv.ts';
import { DomainError } from '../../../lib/errors.ts';
import { xlsxOf } from '../../../lib/xlsx.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { optionIn, paramsOf, supplementalWanted } from '../read.ts';
import { choiceIn } from './filters.ts';
import { formatOf, xlsxType } from './format.ts';
import type { Asked, Filters, Report } from './report.ts';

/** POST: computes a report and sends it as JSON, or as a table. Reference: 28-reports.md. */
export function reportHandler(report: Report): Handler {
  return async (ctx, request, reply) => {
    const query = paramsOf(queryOf(request));
    const format = formatOf(query, request.headers.accept);
    const answer = await report.run(ctx, askedOf(request.body, query));
    reply.header('vary', 'accept');
    if (format === 'json') return sendPieces(reply.type('application/json; charset=utf-8'), answer.json());
    const table = answer.table();
    reply.header('content-disposition', attachmentNamed(`${table.name}.${format}`));
    if (format === 'csv') return sendPieces(reply.type('text/csv; charset=utf-8'), csvOf(table));
    return sendPieces(reply.type(xlsxType), xlsxOf(table));
  };
}

function askedOf(body: unknown, query: Params): Asked {
  const data = filtersIn(body);
  const supplemental = choiceIn(data, 'supplemental_data', ['yes', 'no'], supplementalWanted(query) ? 'yes' : 'no');
  return { data, supplemental: supplemental === 'yes', query, body };
}

/** The object sent as data. Old clients send 0 where they have no filters, and others an empty list. */
function filtersIn(body: unknown): Filters {
  if (!isBlank(body) && (typeof body !== 'object' || Array.isArray(body))) {
    throw new DomainError('invalid', 'The body must be a JSON object with a data property');
  }
  const data = optionIn(body, 'data');
  if (isBlank(data) || data === 0 || (Array.isArray(data) && data.length === 0)) return {};
  if (typeof data !== 'object' || Array.isArray(data)) {
    throw new DomainError('invalid', 'data must be an object of filters', { field: 'data' });
  }
  return data as Filters;
}
