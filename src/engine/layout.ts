import { epochOfPg, pgOfEpoch } from '../lib/time.ts';
import type { Cell, Cells } from '../store/db.ts';
import { raw, type Sql, sql } from '../store/sql.ts';
import type { Actor } from './context.ts';
import type { Definition, Field, FieldType, Value, Values } from './definition.ts';

/** Where each column of a definition stands in a row of cells. */
export interface Layout {
  /** Column names in the order of the cells. */
  readonly columns: readonly string[];
  /** SELECT list over alias t. */
  readonly select: Sql;
  /** The same for what was just written, where nobody looks: personal columns are null. */
  readonly returning: Sql;
  /** Whether rows read differently for different people. */
  readonly personal: boolean;
  /** Position of a column; throws for one that the definition does not have. */
  at(column: string): number;
  /** Cells as values by column name. */
  values(cells: Cells): Values;
  /** The value of one column. */
  value(cells: Cells, column: string): Value;
  /** Columns that a write stores, with the type that decides how. */
  readonly stored: ReadonlyMap<string, FieldType>;
}

const layouts = new WeakMap<Definition, Layout>();

/** The column that holds a field. */
export function columnOf(name: string, field: Field): string {
  return field.column ?? name;
}

/** A field by a name that a client wrote: what every object inherits, such as toString, is no field. */
export function fieldOf({ fields }: Definition, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The FROM list that the SELECT list needs: the table as t, and who looks as viewer where a field depends on that. */
export function fromOf(definition: Definition, { userId }: Actor): Sql {
  const table = raw(`${definition.table} t`);
  return layoutOf(definition).personal ? sql`${table} CROSS JOIN (SELECT ${userId}::int AS id) viewer` : table;
}

export function layoutOf(definition: Definition): Layout {
  let layout = layouts.get(definition);
  if (layout === undefined) {
    layout = makeLayout(definition);
    layouts.set(definition, layout);
  }
  return layout;
}

function makeLayout(definition: Definition): Layout {
  const expressions = new Map<string, string>([['company_id', 't.company_id']]);
  const types = new Map<string, FieldType>([['company_id', 'integer']]);
  const stored = new Map<string, FieldType>();
  for (const [name, field] of Object.entries(definition.fields)) {
    if (field.type === 'secret') continue;
    const column = columnOf(name, field);
    expressions.set(column, field.sql ?? `t.${column}`);
    types.set(column, field.type);
    if (field.sql === undefined) stored.set(column, field.type);
  }
  for (const [column, type] of Object.entries(definition.columns ?? {})) {
    expressions.set(column, `t.${column}`);
    types.set(column, type);
    stored.set(column, type);
  }
  // The database sets these itself.
  for (const column of ['id', 'uuid', 'created', 'last_modified']) stored.delete(column);
  const columns = [...expressions.keys()];
  const fields = Object.entries(definition.fields);
  const personal = new Set(fields.flatMap(([name, field]) => (field.personal ? [columnOf(name, field)] : [])));
  const returned = columns.map((column) => (personal.has(column) ? 'NULL' : expressions.get(column)));
  const positions = new Map(columns.map((column, index) => [column, index]));
  const at = (column: string): number => {
    const position = positions.get(column);
    if (position === undefined) throw new Error(`${definition.name} has no column ${column}`);
    return position;
  };
  return {
    columns,
    select: raw(columns.map((column) => expressions.get(column)).join(', ')),
    returning: raw(returned.join(', ')),
    personal: personal.size > 0,
    at,
    stored,
    value: (cells, column) => decode(types.get(column) ?? 'text', cells[at(column)] ?? null),
    values: (cells) => {
      const values: Values = {};
      columns.forEach((column, index) => {
        values[column] = decode(types.get(column) ?? 'text', cells[index] ?? null);
      });
      return values;
    },
  };
}

/** '{1,2}' as PostgreSQL prints an array of integers. */
export function idsOf(cell: Cell | undefined): number[] {
  if (cell === null || cell === undefined || cell === '{}') return [];
  return cell.slice(1, -1).split(',').map(Number);
}

/** '{"12":"Blue"}' as a map, ids ascending. */
export function mapOf(cell: Cell | undefined): Map<number, string> {
  if (cell === null || cell === undefined || cell === '{}') return new Map();
  const entries = Object.entries(JSON.parse(cell) as Record<string, string>);
  return new Map(entries.map(([id, text]) => [Number(id), text]));
}

/** A cell as a value; last_modified keeps its text, which tells one version of a row from another. */
function decode(type: FieldType, cell: Cell): Value {
  if (cell === null) return null;
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'reference':
    case 'offset-hours':
      return Number(cell);
    case 'boolean':
      return cell === 't';
    case 'local-instant':
      return epochOfPg(cell);
    case 'ids':
    case 'rows':
      return idsOf(cell);
    case 'flags':
      return cell === '{}' ? [] : cell.slice(1, -1).split(',');
    case 'map':
      return mapOf(cell);
    default:
      return cell;
  }
}

/** A value as the text of a statement parameter. */
export function encode(type: FieldType, value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Map) return JSON.stringify(Object.fromEntries(value));
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  if (type === 'local-instant' || (type === 'instant' && typeof value === 'number')) return pgOfEpoch(Number(value));
  return String(value);
}

const pgTypes: Record<FieldType, string> = {
  integer: 'integer',
  decimal: 'numeric',
  boolean: 'boolean',
  text: 'text',
  day: 'date',
  instant: 'timestamptz',
  'local-instant': 'timestamptz',
  'offset-hours': 'smallint',
  choice: 'text',
  reference: 'integer',
  ids: 'integer[]',
  flags: 'text[]',
  map: 'json',
  json: 'json',
  secret: 'text',
  links: 'json',
  rows: 'integer[]',
  record: 'json',
};

/** The PostgreSQL type that stores a field type. */
export function pgType(type: FieldType): string {
  return pgTypes[type];
}
