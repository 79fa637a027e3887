import type { Actor, Ctx } from '../../engine/context.ts';
import type { Asked, Rule } from '../../engine/definition.ts';
import { whereFor } from '../../engine/permissions.ts';
import { DomainError } from '../../lib/errors.ts';
import { join, raw, type Sql, sql } from '../../store/sql.ts';
import { projectNotes } from '../project-notes/definition.ts';
import { timesheets } from '../timesheets/definition.ts';
import { lockedAmong } from '../timesheets/removal.ts';

/** A resource whose rows carry files. */
interface Linked {
  /** Its table, which is also the key in linked_objects. */
  readonly table: string;
  /** One of its rows, as linked_object_type names it. */
  readonly type: string;
  /** Who sees such a row; he sees its files too. */
  readonly view: Rule;
  /** Those of its rows that the actor can not change, with the reason; their files stay. */
  readonly locked?: (ctx: Ctx, ids: readonly number[]) => Promise<ReadonlyMap<number, DomainError>>;
  /** What such a row belongs to, named beside it: the table, and the row's column with the id. */
  readonly within?: { readonly table: string; readonly column: string };
}

/**
 * Every resource that attaches files. Another one takes a line here, `SELECT keep_file_links('its_table', 'its_column')` in its
 * migration, and a field of type 'ids' that `references: 'files'` with the check of attachable.ts.
 */
const linked: readonly Linked[] = [
  { table: 'timesheets', type: 'timesheet', view: timesheets.allow.view, locked: lockedAmong },
  {
    table: 'project_notes',
    type: 'project_note',
    view: projectNotes.allow.view,
    within: { table: 'projects', column: 'project_id' },
  },
];

/** Values of linked_object_type. */
export const linkedTypes: readonly string[] = linked.map(({ type }) => type);

/** Keys of linked_objects. */
export const linkedTables: readonly string[] = linked.flatMap(({ table, within }) =>
  within === undefined ? [table] : [table, within.table],
);

const linkedWithin = linked.flatMap(({ table, within }) =>
  within === undefined
    ? []
    : [
        `UNION SELECT '${within.table}', o.${within.column} FROM file_links l
         JOIN ${table} o ON o.company_id = l.company_id AND o.id = l.object_id
         WHERE l.company_id = t.company_id AND l.file_id = t.id AND l.object_table = '${table}'`,
      ],
);

/** linked_objects of a file over alias t: ids as texts, by resource; resources without any are left out. */
export const linkedObjects = `(
  SELECT coalesce(json_object_agg(o.name, o.ids ORDER BY o.name DESC), '{}') FROM (
    SELECT k.name, json_agg(k.id::text ORDER BY k.id) AS ids FROM (
      SELECT l.object_table AS name, l.object_id AS id FROM file_links l
      WHERE l.company_id = t.company_id AND l.file_id = t.id ${linkedWithin.join(' ')}
    ) k GROUP BY k.name
  ) o)`;

/** Files that are linked to a row that the actor may see, as SQL over alias t. */
export function linkedToSeen(actor: Actor): Sql {
  const seen = linked.map(
    ({ table, view }) => sql`(l.object_table = ${table} AND EXISTS (
      SELECT FROM ${raw(table)} t WHERE t.company_id = l.company_id AND t.id = l.object_id AND ${whereFor(view, actor)}))`,
  );
  return sql`EXISTS (
    SELECT FROM file_links l WHERE l.company_id = t.company_id AND l.file_id = t.id AND (${join(seen, ' OR ')}))`;
}

/** Files that are linked to a row of this type. */
export function linkedToType(type: string, companyId: number): Sql {
  return sql`t.id = ANY(ARRAY(
    SELECT l.file_id FROM file_links l WHERE l.company_id = ${companyId} AND l.object_table = ${tableOf(type)}))`;
}

/** Files that are linked to one of these rows; where linked_object_type is given, of that type. */
export function linkedToObjects(ids: readonly number[], companyId: number, { text }: Asked): Sql {
  const type = text('linked_object_type');
  const tables = linked.filter((one) => type === undefined || one.type === type || !linkedTypes.includes(type));
  return sql`t.id = ANY(ARRAY(
    SELECT l.file_id FROM file_links l WHERE l.company_id = ${companyId}
      AND l.object_table = ANY(${tables.map(({ table }) => table)}::text[]) AND l.object_id = ANY(${ids}::int[])))`;
}

/** Those of these files that are linked to something that the actor can not change, with the reason. */
export async function linkedToLocked(ctx: Ctx, fileIds: readonly number[]): Promise<ReadonlyMap<number, DomainError>> {
  const links = await ctx.db.rows(sql`
    SELECT l.object_table, l.object_id, l.file_id FROM file_links l
    WHERE l.company_id = ${ctx.actor.companyId} AND l.file_id = ANY(${fileIds}::int[])`);
  const reasons = new Map<number, DomainError>();
  for (const { table, type, locked } of linked) {
    const own = links.filter(([name]) => name === table);
    if (locked === undefined || own.length === 0) continue;
    const found = await locked(ctx, [...new Set(own.map(([, id]) => Number(id)))]);
    for (const [, id, fileId] of own) {
      const reason = found.get(Number(id));
      if (reason === undefined) continue;
      const detail = `The file is attached to ${type} ${id}, which can not be changed. ${reason.detail}`;
      reasons.set(Number(fileId), new DomainError('locked', detail));
    }
  }
  return reasons;
}

function tableOf(type: string): string {
  return linked.find((one) => one.type === type)?.table ?? '';
}
