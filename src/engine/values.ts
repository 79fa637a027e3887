import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import { raw, sql } from '../store/sql.ts';
import type { Item } from './candidates.ts';
import type { Ctx } from './context.ts';
import { createRows } from './create.ts';
import type { Definition, Values } from './definition.ts';
import { columnOf, layoutOf } from './layout.ts';
import { count, list } from './list.ts';
import { lookup } from './lookup.ts';
import { holds } from './permissions.ts';
import { removeRows } from './remove.ts';
import type { ItemResult, Outcome } from './results.ts';
import { updateRows } from './update.ts';

/**
 * Rows as values by column name, for dialects that do not speak in this house's fields; see Layout.values. Whatever the
 * actor may not read is left out. What Definition.complete would fill in is blank: it can cost more than all the rest,
 * and no such dialect shows it.
 */

/** Which rows, in the parameters of the definition's filters. */
export interface Question {
  readonly params?: Readonly<Record<string, string>>;
  /** Rows a page; 1000 when not given. */
  readonly limit?: number;
  /** Counted from 1. */
  readonly page?: number;
}

/** A page of the rows that the actor may see. Throws DomainError for bad parameters. */
export async function listValues(
  ctx: Ctx,
  definition: Definition,
  { params = {}, limit = 1_000, page = 1 }: Question,
): Promise<{ rows: Values[]; more: boolean }> {
  const { rows, more } = await list(ctx, definition, { params: asked(params), limit, page });
  return { rows: rows.map((cells) => valuesOf(ctx, definition, cells)), more };
}

/** How many rows there are of which listValues gives pages. */
export function countValues(ctx: Ctx, definition: Definition, params: Question['params'] = {}): Promise<number> {
  return count(ctx, definition, asked(params));
}

function asked(params: Readonly<Record<string, string>>): Map<string, string[]> {
  return new Map(Object.entries(params).map(([name, value]) => [name, [value]]));
}

/** The rows of these ids that the actor may see, by id. */
export async function valuesByIds(
  ctx: Ctx,
  definition: Definition,
  ids: Iterable<number>,
): Promise<Map<number, Values>> {
  const rows = await lookup(ctx, definition, ids);
  return new Map([...rows].map(([id, cells]) => [id, valuesOf(ctx, definition, cells)]));
}

/** One row; throws 'not-found' where the actor sees none of that id. */
export async function valuesById(ctx: Ctx, definition: Definition, id: number): Promise<Values> {
  const values = (await valuesByIds(ctx, definition, [id])).get(id);
  if (values === undefined) throw new DomainError('not-found', `The ${definition.singular} does not exist`);
  return values;
}

/** Ids of the rows that these UUIDs name, by the UUID in lower case; what is no UUID names nothing. */
export async function idsOfUuids(
  ctx: Ctx,
  definition: Pick<Definition, 'table'>,
  uuids: readonly string[],
): Promise<Map<string, number>> {
  const named = uuids.filter((text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text));
  if (named.length === 0) return new Map();
  const rows = await ctx.db.rows(sql`SELECT t.uuid, t.id FROM ${raw(definition.table)} t
    WHERE t.company_id = ${ctx.actor.companyId} AND t.uuid = ANY(${named}::uuid[])`);
  return new Map(rows.map(([uuid, id]) => [String(uuid), Number(id)]));
}

/** The UUIDs of rows by their ids, whether or not the actor may see the rows. */
export async function uuidsOf(
  ctx: Ctx,
  definition: Pick<Definition, 'table'>,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.rows(sql`SELECT t.id, t.uuid FROM ${raw(definition.table)} t
    WHERE t.company_id = ${ctx.actor.companyId} AND t.id = ANY(${ids}::int[])`);
  return new Map(rows.map(([id, uuid]) => [Number(id), String(uuid)]));
}

/** Creates one row from the definition's fields; throws the DomainError that refuses it. */
export async function createOne(ctx: Ctx, definition: Definition, item: Item): Promise<Values> {
  return written(ctx, definition, await createRows(ctx, definition, [item]));
}

/** Changes the given fields of one row; throws the DomainError that refuses it. */
export async function updateOne(ctx: Ctx, definition: Definition, id: number, item: Item): Promise<Values> {
  return written(ctx, definition, await updateRows(ctx, definition, [{ ...item, id }]));
}

/** Removes one row as the definition removes rows; throws the DomainError that refuses it. */
export async function removeOne(ctx: Ctx, definition: Definition, id: number): Promise<void> {
  soleResult(definition, await removeRows(ctx, definition, [id]));
}

/**
 * Creates all of these rows; throws the DomainError of the first that is refused, and where a row like one of them exists
 * already. The caller's transaction undoes the others.
 */
export async function createAll(ctx: Ctx, definition: Definition, items: readonly Item[]): Promise<Values[]> {
  const { items: results } = await createRows(ctx, definition, items);
  return results.map((result) => {
    if (!result.ok) throw result.error;
    if (result.duplicate) throw new DomainError('conflict', `Oops! A ${definition.singular} like that exists already`);
    return valuesOf(ctx, definition, result.cells);
  });
}

function written(ctx: Ctx, definition: Definition, outcome: Outcome): Values {
  return valuesOf(ctx, definition, soleResult(definition, outcome).cells);
}

function soleResult({ name }: Definition, { items: [result] }: Outcome): Extract<ItemResult, { ok: true }> {
  if (result === undefined) throw new Error(`No result came back for one row of ${name}`);
  if (!result.ok) throw result.error;
  return result;
}

function valuesOf(ctx: Ctx, definition: Definition, cells: Cells): Values {
  const values = layoutOf(definition).values(cells);
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.readBy !== undefined && !holds(field.readBy, ctx.actor)) delete values[columnOf(name, field)];
  }
  return values;
}
