import { hash } from 'node:crypto';
import { DomainError } from '../lib/errors.ts';
import type { Cells, Db } from '../store/db.ts';
import type { PageEnd } from '../store/page-ends.ts';
import { join, raw, type Sql, sql } from '../store/sql.ts';
import type { Ctx } from './context.ts';
import type { Definition, SortKey } from './definition.ts';
import { clausesFor, flagIn, type Params, textOf } from './filters.ts';
import { fromOf, layoutOf } from './layout.ts';
import { seenBy } from './permissions.ts';

/** Beyond this many skipped rows the ids are found first and the wide rows afterwards. */
const deepOffset = 1_000;
/** Class of the advisory locks that writers hold while a row is stamped but not committed; see migration 0001, touch(). */
const stampLock = 20_001;

export interface ListQuery {
  params: Params;
  /** Rows a page, at least 1. */
  limit: number;
  /** Counted from 1. */
  page: number;
}

export interface Page {
  rows: Cells[];
  /** Whether another page exists. */
  more: boolean;
}

/**
 * One page of the rows that the actor may see. A page that follows one already given continues behind that one's last
 * row, so that a client visits every row once while others write. What Definition.complete fills in is blank: whoever shows
 * it completes the rows. Throws DomainError for bad parameters.
 */
export async function list(ctx: Ctx, definition: Definition, query: ListQuery): Promise<Page> {
  const { params, limit, page } = query;
  const clauses = clausesFor(definition, params, ctx.actor);
  const { keys, reversed } = orderOf(definition, params);
  const visible = sql`t.company_id = ${ctx.actor.companyId} AND ${seenBy(definition, ctx.actor)}`;
  const where = join([visible, ...ownRows(ctx, definition, params), ...clauses], ' AND ');
  const behind = page > 1 ? ctx.cache.pageEnds.before(seriesOf(ctx, definition, query), page) : undefined;
  const offset = behind === undefined ? (page - 1) * limit : 0;
  const from = fromOf(definition, ctx.actor);
  const statement = selectPage(definition, from, keys, reversed, where, behind, limit + 1, offset);
  const rows =
    params.has('modified_since') || params.has('modified_before')
      ? await afterWrites(ctx, statement)
      : await ctx.db.rows(statement);
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  if (more && last !== undefined) {
    ctx.cache.pageEnds.note(seriesOf(ctx, definition, query), page, keysOf(definition, keys, last));
  }
  return { rows, more };
}

/** How many rows a list with these parameters has on all its pages. */
export async function count(ctx: Ctx, definition: Definition, params: Params): Promise<number> {
  const visible = sql`t.company_id = ${ctx.actor.companyId} AND ${seenBy(definition, ctx.actor)}`;
  const clauses = [visible, ...ownRows(ctx, definition, params), ...clausesFor(definition, params, ctx.actor)];
  const [row] = await ctx.db.rows(sql`SELECT count(*) FROM ${raw(definition.table)} t WHERE ${join(clauses, ' AND ')}`);
  return Number(row?.[0]);
}

/** Narrows a list that nobody filtered to the actor's own rows, where the definition says so. */
function ownRows(ctx: Ctx, { filters, ownUnlessFiltered }: Definition, params: Params): Sql[] {
  if (ownUnlessFiltered === undefined) return [];
  const { column, by = Object.keys(filters) } = ownUnlessFiltered;
  return by.some((name) => params.has(name)) ? [] : [sql`t.${raw(column)} = ${ctx.actor.userId}`];
}

/**
 * Runs a statement after every write of the company that is stamped already has become visible. Mostly there is none under
 * way; where there is, the wait happens on a connection of its own.
 */
export async function afterWrites(ctx: Ctx, statement: Sql): Promise<Cells[]> {
  const { companyId } = ctx.actor;
  // In one transaction: nobody stamps a row between the lock and the moment that the statement sees.
  const lock = sql`SELECT pg_try_advisory_xact_lock(${stampLock}, ${companyId})`;
  const [free, rows = []] = await ctx.db.pipeline([lock, statement], { atomic: true });
  if (free?.[0]?.[0] === 't') return rows;
  return ctx.db.transaction(async (db) => {
    await awaitWrites(db, companyId);
    return db.rows(statement);
  });
}

/** Waits, inside a transaction, for every write of the company that is under way, and keeps others out until its end. */
export async function awaitWrites(db: Db, companyId: number): Promise<void> {
  await db.rows(sql`SELECT pg_advisory_xact_lock(${stampLock}, ${companyId})`);
}

/** Counts, inside a transaction, as a write of the company from now on: what it reads is not changed by who awaits writes. */
export async function joinWrites(db: Db, companyId: number): Promise<void> {
  await db.rows(sql`SELECT pg_advisory_xact_lock_shared(${stampLock}, ${companyId})`);
}

function orderOf(definition: Definition, params: Params): { keys: readonly SortKey[]; reversed: boolean } {
  const chosen = definition.sorts === undefined ? undefined : textOf(params, 'order_results_by');
  const turned = definition.sorts !== undefined && flagIn(params, 'order_results_reverse');
  if (chosen !== undefined) {
    const keys = Object.hasOwn(definition.sorts ?? {}, chosen) ? definition.sorts?.[chosen] : undefined;
    if (keys === undefined) {
      const names = Object.keys(definition.sorts ?? {}).join(', ');
      throw new DomainError('invalid', `order_results_by must be one of ${names}`, { field: 'order_results_by' });
    }
    return { keys, reversed: turned !== isDescending(keys) };
  }
  // A syncing client reads in the order of change, which is also the order of the index that serves it.
  if (params.has('modified_since') && definition.sorts === undefined)
    return { keys: definition.changeSort ?? byChange, reversed: turned };
  return { keys: definition.sort, reversed: turned !== isDescending(definition.sort) };
}

function isDescending(keys: readonly SortKey[]): boolean {
  return keys[0]?.descending === true;
}

const byChange: readonly SortKey[] = [
  { sql: 't.last_modified', type: 'timestamptz' },
  { sql: 't.id', type: 'integer' },
];

function selectPage(
  definition: Definition,
  from: Sql,
  keys: readonly SortKey[],
  reversed: boolean,
  where: Sql,
  behind: readonly PageEnd[] | undefined,
  take: number,
  offset: number,
): Sql {
  const { select } = layoutOf(definition);
  const table = raw(definition.table);
  const extra = keys.filter((key) => columnOf(definition, key) === undefined);
  const keyList = raw(extra.map((key) => `, ${key.sql}`).join(''));
  const order = raw(keys.map((key) => (reversed ? `${key.sql} DESC` : key.sql)).join(', '));
  const continued = behind === undefined ? where : sql`${where} AND ${behindAny(keys, reversed, behind)}`;
  if (offset <= deepOffset) {
    const skip = offset === 0 ? sql`` : sql` OFFSET ${offset}`;
    return sql`SELECT ${select}${keyList} FROM ${from} WHERE ${continued} ORDER BY ${order} LIMIT ${take}${skip}`;
  }
  return sql`SELECT ${select}${keyList} FROM ${from}
    JOIN (SELECT t.company_id, t.id FROM ${table} t WHERE ${where} ORDER BY ${order} LIMIT ${take} OFFSET ${offset}) p
      ON p.company_id = t.company_id AND p.id = t.id
    ORDER BY ${order}`;
}

/** Rows behind the end of a page; behind any of them where clients page side by side. */
function behindAny(keys: readonly SortKey[], reversed: boolean, ends: readonly PageEnd[]): Sql {
  return sql`(${join(
    ends.map((end) => behindRow(keys, reversed, end)),
    ' OR ',
  )})`;
}

function behindRow(keys: readonly SortKey[], reversed: boolean, values: PageEnd): Sql {
  const left = raw(keys.map((key) => key.sql).join(', '));
  const right = join(keys.map((key, index) => sql`${values[index]}::${raw(key.type)}`));
  return reversed ? sql`(${left}) < (${right})` : sql`(${left}) > (${right})`;
}

/** The column of the row that is a sort key already, so that it is not fetched twice. */
function columnOf(definition: Definition, { sql: text }: SortKey): string | undefined {
  const column = /^t\.(\w+)$/.exec(text)?.[1];
  return column !== undefined && layoutOf(definition).columns.includes(column) ? column : undefined;
}

/** The sort keys of a row, as texts. */
function keysOf(definition: Definition, keys: readonly SortKey[], cells: Cells): string[] {
  const { at, columns } = layoutOf(definition);
  let next = columns.length;
  return keys.map((key) => {
    const column = columnOf(definition, key);
    return String(cells[column === undefined ? next++ : at(column)]);
  });
}

/** Names the run of pages that a request belongs to: the same person asking the same question with the same page size. */
function seriesOf(ctx: Ctx, definition: Definition, query: ListQuery): string {
  const { companyId, userId } = ctx.actor;
  const question = [...query.params].filter(([name]) => name !== 'page').sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([companyId, userId, definition.name, query.limit, question]);
  return hash('sha256', text, 'base64url');
}
