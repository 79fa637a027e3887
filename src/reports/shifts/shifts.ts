import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Values } from '../../engine/definition.ts';
import { fromOf, layoutOf } from '../../engine/layout.ts';
import { seenBy } from '../../engine/permissions.ts';
import { epochDays } from '../../lib/time.ts';
import { punchOf } from '../../resources/timesheets/punches.ts';
import { join, type Sql, sql } from '../../store/sql.ts';
import { departmentsOf } from '../departments/tops.ts';
import { type Place, type PunchMoment, placesOf } from './places.ts';
import { workedSeconds } from './worked.ts';

/** When and where somebody came or went. */
export interface Punch {
  /** Epoch seconds: what the clock said, or what was entered in its place, before any rounding. */
  readonly at: number;
  /** Minutes east of UTC that the person was at then. */
  readonly offset: number;
  /** Where a device said that he was; undefined when none did. */
  readonly place: Place | undefined;
}

/** Work by the clock: a timesheet with a start that is no break and no time off. */
export interface Shift {
  readonly id: number;
  readonly userId: number;
  /** The jobcode at the top above the one that was worked on; null for work on none. */
  readonly departmentId: number | null;
  readonly notes: string;
  readonly in: Punch;
  /** undefined while the shift is open. */
  readonly out: Punch | undefined;
  /** Seconds that count, by the account's rounding and deductions; undefined while the shift is open. */
  readonly worked: number | undefined;
}

/** Shifts of one person on local days ('YYYY-MM-DD', both counted), the latest `limit` of them. */
export interface ShiftsQuestion {
  readonly userId: number;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
}

/** The latest shifts of a person that the actor may see, newest first, in a constant number of statements. */
export async function shiftsOf(ctx: Ctx, { userId, from, to, limit }: ShiftsQuestion): Promise<Shift[]> {
  const days = [
    ...(from === undefined ? [] : [sql`t.date >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`t.date <= ${to}::date`]),
  ];
  return load(ctx, join([sql`t.user_id = ${userId}`, ...days], ' AND '), limit);
}

/** One shift; undefined where the actor sees none of that id. */
export async function shiftOf(ctx: Ctx, id: number): Promise<Shift | undefined> {
  const [shift] = await load(ctx, sql`t.id = ${id}`, 1);
  return shift;
}

async function load(ctx: Ctx, chosen: Sql, limit: number): Promise<Shift[]> {
  const definition = resourceOf(ctx, 'timesheets');
  const { companyId } = ctx.actor;
  const { select, values } = layoutOf(definition);
  const rows = await ctx.db.rows(sql`
    SELECT ${select} FROM ${fromOf(definition, ctx.actor)}
    WHERE t.company_id = ${companyId} AND ${seenBy(definition, ctx.actor)} AND t.type = 'regular' AND ${chosen}
      AND NOT EXISTS (
        SELECT FROM jobcodes j WHERE j.company_id = ${companyId} AND j.id = t.jobcode_id AND j.type <> 'regular')
    ORDER BY t.date DESC, t.start_at DESC, t.id DESC LIMIT ${limit}`);
  return completed(ctx, rows.map(values));
}

async function completed(ctx: Ctx, rows: readonly Values[]): Promise<Shift[]> {
  const moments: PunchMoment[] = rows.flatMap((row) => {
    const of = { userId: Number(row.user_id), timesheetId: Number(row.id) };
    // The end of an open shift is none, but keeps every shift's two punches side by side.
    const out = row.end_at === null ? punchOf(row, 'start') : punchOf(row, 'end');
    return [
      { ...of, at: punchOf(row, 'start') },
      { ...of, at: out },
    ];
  });
  const places = await placesOf(ctx, moments);
  const departments = await departmentsOf(ctx, [...new Set(rows.map(({ jobcode_id }) => Number(jobcode_id ?? 0)))]);
  const worked = await workedOf(
    ctx,
    rows.filter(({ end_at }) => end_at !== null),
  );
  return rows.map((row, index): Shift => {
    const punch = (at: number, offset: Values[string] | undefined): Punch => ({
      at: moments[at]?.at ?? 0,
      offset: Number(offset),
      place: places.get(at),
    });
    const open = row.end_at === null;
    return {
      id: Number(row.id),
      userId: Number(row.user_id),
      departmentId: departments.get(Number(row.jobcode_id ?? 0)) ?? null,
      notes: String(row.notes),
      in: punch(2 * index, row.start_offset),
      out: open ? undefined : punch(2 * index + 1, row.end_offset),
      worked: open ? undefined : (worked.get(Number(row.id)) ?? 0),
    };
  });
}

/** All rows are one person's, newest first. */
async function workedOf(ctx: Ctx, rows: readonly Values[]): Promise<ReadonlyMap<number, number>> {
  const [latest, earliest] = [rows[0], rows.at(-1)];
  if (latest === undefined || earliest === undefined) return new Map();
  const days = { from: epochDays(String(earliest.date)), to: epochDays(String(latest.date)) };
  return workedSeconds(ctx, Number(latest.user_id), days);
}
