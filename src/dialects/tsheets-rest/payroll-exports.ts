import { coerce, isBlank, readInteger } from '../../engine/coerce.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Field } from '../../engine/definition.ts';
import { idsIn, textOf } from '../../engine/filters.ts';
import { lookup, supplement } from '../../engine/lookup.ts';
import type { ItemResult } from '../../engine/results.ts';
import { attachmentNamed } from '../../http/content-disposition.ts';
import { sendPieces } from '../../http/pieces.ts';
import { DomainError } from '../../lib/errors.ts';
import { type ClosingRequest, closePeriod, reopenPeriod } from '../../operations/payroll-closings.ts';
import { fileOfExport } from '../../operations/payroll-files.ts';
import { fileFormats } from '../../reports/payroll-files/payroll-file.ts';
import { type Handler, queryOf } from './handlers.ts';
import { itemsOf, paramsOf, supplementalWanted } from './read.ts';
import { itemsText, supplementalText } from './write.ts';

type Fields = Readonly<Record<string, Field>>;

/** What an item that closes days may say, besides the pay period that it means. */
export const closingFields = {
  start_date: { type: 'day', mode: 'read-write', says: 'First day to be closed.' },
  end_date: { type: 'day', mode: 'read-write', says: 'Last day to be closed.' },
  user_ids: { type: 'ids', mode: 'read-write', says: 'Only these users.' },
  group_ids: { type: 'ids', mode: 'read-write', says: 'Only the members of these groups.' },
  require_approval: { type: 'boolean', mode: 'read-write', says: 'Whether all of the time must be approved.' },
} as const satisfies Fields;

/** What an item that opens days again must say. */
export const reopeningFields = {
  id: { type: 'integer', mode: 'read-write', least: 1, says: 'Id of the export.' },
  reason: { type: 'text', mode: 'read-write', longest: 1_000, says: 'Why the days are opened again.' },
} as const satisfies Fields;

/** What is said of the pay period. */
export const periodSays = 'A pay period instead of two days: `current`, `previous`, or how many after the current one.';
const mostPeriods = 100;

/** POST /payroll_exports: closes days to payroll, item by item. An addition to the reference. */
export const closePeriods: Handler = (ctx, request) =>
  answer(ctx, 'create', itemsOf(request.body), queryOf(request), (item) => closePeriod(ctx, closingIn(item)));

/** POST /payroll_exports/reopen: opens them again, item by item. An addition to the reference. */
export const reopenPeriods: Handler = (ctx, request) =>
  answer(ctx, 'update', itemsOf(request.body), queryOf(request), async (item) => {
    const { id, reason } = read(item, reopeningFields, ['id', 'reason']);
    await reopenPeriod(ctx, { id: Number(id), reason: String(reason).trim() });
    return Number(id);
  });

/** Each item in its turn: days that one of them closes are closed for the next. */
async function answer(
  ctx: Ctx,
  verb: 'create' | 'update',
  items: readonly unknown[],
  query: string,
  work: (item: object) => Promise<number>,
): Promise<string> {
  const definition = resourceOf(ctx, 'payroll_exports');
  const done: (number | DomainError)[] = [];
  for (const item of items) {
    try {
      if (item === null || typeof item !== 'object' || Array.isArray(item))
        throw new DomainError('invalid', 'Each item of data must be an object');
      done.push(await work(item));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      done.push(error);
    }
  }
  const rows = await lookup(
    ctx,
    definition,
    done.filter((one) => typeof one === 'number'),
  );
  const results = done.map((one): ItemResult => {
    const cells = typeof one === 'number' ? rows.get(one) : undefined;
    if (cells !== undefined) return { ok: true, id: Number(one), cells, touched: false, duplicate: false };
    return { ok: false, error: one instanceof DomainError ? one : new DomainError('not-found', 'It does not exist') };
  });
  const text = itemsText(ctx, definition, verb, items, { items: results, touched: new Map() });
  const supplemental = supplementalWanted(paramsOf(query))
    ? `,"supplemental_data":${supplementalText(ctx, await supplement(ctx, definition, [...rows.values()]))}`
    : '';
  return `{"results":{"payroll_exports":${text}}${supplemental}}`;
}

/** The properties of an item that are given, each as its field says. Throws DomainError. */
function read<Name extends string>(
  item: object,
  fields: Readonly<Record<Name, Field>>,
  required: readonly NoInfer<Name>[] = [],
): Partial<Record<Name, unknown>> {
  const unknown = Object.keys(item).filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) throw new DomainError('invalid', `Invalid params: ${unknown.join(',')}`);
  const values: Partial<Record<Name, unknown>> = {};
  for (const [name, raw] of Object.entries(item) as [Name, unknown][]) {
    if (isBlank(typeof raw === 'string' ? raw.trim() : raw)) continue;
    const value = coerce(name, fields[name], raw);
    if (value instanceof DomainError) throw value;
    values[name] = value;
  }
  const missing = required.filter((name) => isBlank(values[name]));
  if (missing.length > 0) throw new DomainError('missing', `Missing required params: ${missing.join(',')}`);
  return values;
}

function closingIn(item: object): ClosingRequest {
  const { period, ...rest } = item as { period?: unknown };
  const nth = isBlank(period) ? undefined : nthIn(period);
  const values = read(rest, closingFields, nth === undefined ? ['start_date', 'end_date'] : []);
  if (nth !== undefined && (values.start_date !== undefined || values.end_date !== undefined)) {
    throw new DomainError('invalid', 'Give either period or start_date and end_date', { field: 'period' });
  }
  const userIds = somebodyIn('user_ids', rest, values.user_ids);
  const groupIds = somebodyIn('group_ids', rest, values.group_ids);
  return {
    days: nth === undefined ? { start: String(values.start_date), end: String(values.end_date) } : { nth },
    scope: { everyone: userIds.length === 0 && groupIds.length === 0, userIds, groupIds },
    requireApproval: values.require_approval === true,
  };
}

/** Ids that are given. Throws DomainError for a list of nobody, which must not close the days of everybody. */
function somebodyIn(name: string, item: object, ids: unknown): readonly number[] {
  if (Array.isArray(ids) && ids.length > 0) return ids as number[];
  if (!Object.hasOwn(item, name)) return [];
  throw new DomainError('invalid', `${name} must name somebody, or be left out`, { field: name });
}

/** How many pay periods after the current one. */
function nthIn(period: unknown): number {
  const nth = period === 'current' ? 0 : period === 'previous' ? -1 : readInteger(period);
  if (nth !== undefined && Math.abs(nth) <= mostPeriods) return nth;
  throw new DomainError(
    'invalid',
    `period must be current, previous, or a whole number from -${mostPeriods} to ${mostPeriods}`,
    { field: 'period' },
  );
}

/** GET /payroll_exports/file: the time of an export for a payroll program. An addition to the reference. */
export const payrollFile: Handler = async (ctx, request, reply) => {
  const params = paramsOf(queryOf(request));
  const [id, ...more] = idsIn(params, 'id');
  if (id === undefined || more.length > 0) throw new DomainError('missing', 'id must be one id', { field: 'id' });
  const asked = textOf(params, 'format')?.trim().toLowerCase() ?? 'csv';
  const format = fileFormats.find((one) => one === asked);
  if (format === undefined) {
    throw new DomainError('invalid', `format must be one of ${fileFormats.join(', ')}`, { field: 'format' });
  }
  const file = await fileOfExport(ctx, { id, format, columns: textOf(params, 'columns') });
  reply.headers({ 'cache-control': 'no-store', 'content-disposition': attachmentNamed(file.name) });
  return sendPieces(reply.type(file.type), file.pieces);
};
