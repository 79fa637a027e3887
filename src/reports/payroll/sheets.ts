import type { Ctx } from '../../engine/context.ts';
import { dayOfEpochDays } from '../../lib/time.ts';
import type { PaySheet } from '../../rules/pay/time.ts';
import type { Cells } from '../../store/db.ts';
import { empty, sql } from '../../store/sql.ts';
import type { Kinds } from './people.ts';

/** Days and seconds from 1970 to 2000, where PostgreSQL counts from. */
const epochDay = 10_957;
const epochSecond = epochDay * 86_400;

/**
 * Bytes of a timesheet as the statement packs it, two numbers in one where they fit, since joining is what costs: id and jobcode,
 * date and duration, start; then what the clock said.
 */
const plainBytes = 24;
const punchBytes = 18;
/** The upper half of minus infinity, which stands for no moment. */
const never = -(2 ** 31);

/** Which timesheets: of these people (of the whole company where they are not named), dated within these days (since 1970-01-01), with punches if they are needed. */
export interface SheetQuery {
  readonly userIds?: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly punches: boolean;
}

/** Gives the timesheets of one person that were loaded. */
export type SheetsOf = (userId: number) => PaySheet[];

/**
 * Loads the closed timesheets of people. All of a person's come in one cell per zone, packed in PostgreSQL's binary forms:
 * thousands of rows then cost one buffer to read, and not six texts each to make and to parse. The index by day serves the
 * whole company, the index by user and day some of it.
 */
export async function loadSheets(ctx: Ctx, query: SheetQuery, kinds: Kinds): Promise<SheetsOf> {
  const { userIds, from, to, punches } = query;
  const clocked = sql`
    || timestamptz_send(coalesce(raw_start_at, '-infinity')) || timestamptz_send(coalesce(raw_end_at, '-infinity'))
    || boolsend(start_by_hand) || boolsend(end_by_hand)`;
  const named = userIds === undefined ? empty : sql`AND user_id = ANY(${userIds}::int[])`;
  const within = sql`company_id = ${ctx.actor.companyId} ${named}
      AND date BETWEEN ${dayOfEpochDays(from)} AND ${dayOfEpochDays(to)}`;
  const packed = sql`
    SELECT user_id, tz_str, string_agg(int8send(id::bigint << 32 | coalesce(jobcode_id, 0))
      || int8send((date - date '2000-01-01')::bigint << 32 | duration)
      || timestamptz_send(coalesce(start_at, '-infinity')) ${punches ? clocked : empty}, '')
    FROM timesheets WHERE ${within} AND (end_at IS NOT NULL OR type = 'manual')
    GROUP BY user_id, tz_str`;
  // Few have a deduction, and an index knows which: reading the column of every row would cost a tenth of the whole.
  const deducted = sql`SELECT id, deduction_minutes FROM timesheets WHERE ${within} AND deduction_minutes IS NOT NULL`;
  const [rows = [], taken = []] = await ctx.db.pipeline([packed, deducted]);
  const deductions = new Map(taken.map(([id, minutes]) => [Number(id), Number(minutes) * 60]));
  const cells = new Map<number, Cells[]>();
  for (const row of rows) cells.getOrInsertComputed(Number(row[0]), () => []).push(row);
  return (userId) => {
    const sheets: PaySheet[] = [];
    for (const [, zone, cell] of cells.get(userId) ?? []) {
      unpack(sheets, String(cell), String(zone), deductions, punches, kinds);
    }
    return sheets;
  };
}

/** `packed` is a bytea cell, '\\x' and two digits a byte; `deductions` are seconds by the timesheet's id. */
function unpack(
  sheets: PaySheet[],
  packed: string,
  zone: string,
  deductions: ReadonlyMap<number, number>,
  punches: boolean,
  kinds: Kinds,
): void {
  const bytes = Buffer.from(packed.slice(2), 'hex');
  const size = punches ? plainBytes + punchBytes : plainBytes;
  for (let at = 0; at < bytes.length; at += size) {
    const [id, jobcodeId] = [bytes.readInt32BE(at), bytes.readInt32BE(at + 4)];
    sheets.push({
      id,
      jobcodeId,
      kind: kinds.get(jobcodeId) ?? 'work',
      day: bytes.readInt32BE(at + 8) + epochDay,
      start: momentAt(bytes, at + 16),
      seconds: bytes.readInt32BE(at + 12),
      zone,
      rawStart: punches ? momentAt(bytes, at + 24) : null,
      rawEnd: punches ? momentAt(bytes, at + 32) : null,
      startByHand: punches && bytes[at + 40] === 1,
      endByHand: punches && bytes[at + 41] === 1,
      deduction: deductions.get(id) ?? null,
    });
  }
}

/** A timestamptz, in microseconds, as epoch seconds; fractions are cut downwards. */
function momentAt(bytes: Buffer, at: number): number | null {
  const upper = bytes.readInt32BE(at);
  if (upper === never) return null;
  return Math.floor((upper * 2 ** 32 + bytes.readUInt32BE(at + 4)) / 1_000_000) + epochSecond;
}
