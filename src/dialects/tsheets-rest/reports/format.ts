import { type Params, textOf } from '../../../engine/filters.ts';
import { DomainError } from '../../../lib/errors.ts';

export type Format = 'json' | 'csv' | 'xlsx';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const formats: readonly Format[] = ['json', 'csv', 'xlsx'];

const formatByMediaType: Readonly<Record<string, Format>> = {
  '*/*': 'json',
  'application/*': 'json',
  'application/json': 'json',
  'text/csv': 'csv',
  [xlsxType]: 'xlsx',
};

/**
 * The format of a report's answer: what the query says (`format`), else the first media type of the Accept header that is
 * known, the most wanted first, else JSON. Throws DomainError for a `format` that does not exist.
 */
export function formatOf(query: Params, accept: string | undefined): Format {
  const asked = textOf(query, 'format')?.trim().toLowerCase();
  if (asked === undefined) return mostWanted(accept ?? '');
  const format = formats.find((one) => one === asked);
  if (format === undefined) {
    throw new DomainError('invalid', `format must be one of ${formats.join(', ')}`, { field: 'format' });
  }
  return format;
}

function mostWanted(accept: string): Format {
  const ranges = accept.split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return { format: formatByMediaType[type], weight: weight === undefined ? 1 : Number(weight.slice(2)) };
  });
  let best: { format: Format; weight: number } = { format: 'json', weight: 0 };
  for (const { format, weight } of ranges) if (format !== undefined && weight > best.weight) best = { format, weight };
  return best.format;
}
