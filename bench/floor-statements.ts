import type { Actor, Ctx } from '../src/engine/context.ts';
import type { Candidate, Definition } from '../src/engine/definition.ts';
import { layoutOf, pgType } from '../src/engine/layout.ts';
import { list } from '../src/engine/list.ts';
import { loadByIds } from '../src/engine/lookup.ts';
import { resources } from '../src/resources/index.ts';
import { timesheetFacts } from '../src/resources/timesheets/facts.ts';
import { CompanyCache } from '../src/store/cache.ts';
import type { Db } from '../src/store/db.ts';
import type { Statement as Sent } from '../src/store/sql.ts';
import { tableWriter } from '../src/store/write.ts';

/**
 * The product's own statements, taken from the functions that build them: each is called once with a database that only
 * listens and with values that can be recognised, and its text is kept. So the floor can not drift away from the product.
 */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** The parameters for these values; what has no name stays as the product gave it. */
  bind(values: Readonly<Record<string, unknown>>): unknown[];
}

/** Recognisable values: each stands for the parameter of its name. */
const marks = {
  company: 919_191,
  from: '1991-03-04',
  to: '1991-03-05',
  take: 78,
  offset: 7_700,
  ids: [818_181],
  user: 717_171,
  origin: 'origin',
} as const;

const actor: Actor = {
  companyId: marks.company,
  userId: marks.user,
  permissions: new Set(['admin']),
  managedGroupIds: [],
  managedUserIds: new Set(),
};

/** The statements that some work of the product sends. */
async function sentBy(work: (ctx: Ctx) => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const db: Db = {
    rows: async (statement) => {
      sent.push(statement);
      return [];
    },
    pipeline: async (statements) => {
      sent.push(...statements);
      return statements.map(() => []);
    },
    transaction: (inside) => inside(db),
  };
  await work({ actor, db, cache: new CompanyCache(), resources, now: 0, via: 'bench', requestId: '' });
  return sent;
}

async function statement(
  name: string,
  known: Readonly<Record<string, unknown>>,
  work: (ctx: Ctx) => Promise<unknown>,
): Promise<Statement> {
  const [first] = await sentBy(work);
  if (first === undefined) throw new Error(`The product sends no statement for ${name}.`);
  const names = new Map(Object.entries(known).map(([key, value]) => [JSON.stringify(value), key]));
  const sources = first.values.map((value) => ({ key: names.get(JSON.stringify(value)), value }));
  return {
    name: `floor-${name}`,
    text: first.text,
    bind: (values) => sources.map(({ key, value }) => (key === undefined ? value : values[key])),
  };
}

/** A resource of the product. */
export function definitionOf(name: string): Definition {
  const definition = resources.get(name);
  if (definition === undefined) throw new Error(`The product has no resource ${name} yet.`);
  return definition;
}

const timesheets = definitionOf('timesheets');

/** Columns that a write stores, in the order of the product's statements, with a recognisable text each. */
export const storedColumns = [...layoutOf(timesheets).stored].map(([name, type]) => ({
  name,
  type: pgType(type),
  texts: [`column ${name}`],
}));
const columnMarks = Object.fromEntries(storedColumns.map(({ name, texts }) => [name, texts]));
const writer = tableWriter('timesheets', storedColumns, layoutOf(timesheets).select);
const lists = storedColumns.map(({ texts }) => texts);

/** A page of timesheets by days; beyond the product's own bound it is written otherwise, by the product's decision. */
export function pageStatement(deep: boolean): Promise<Statement> {
  const { from, to, take, offset } = marks;
  const limit = take - 1;
  const page = deep ? offset / limit + 1 : 1;
  const params = new Map([
    ['start_date', [from]],
    ['end_date', [to]],
  ]);
  const known = { company: marks.company, from, to, take, offset };
  return statement(deep ? 'deep' : 'page', known, (ctx) => list(ctx, timesheets, { params, limit, page }));
}

/** Timesheets by ids, on the clock or not. */
export function idsStatement(): Promise<Statement> {
  const params = new Map([
    ['ids', [String(marks.ids[0])]],
    ['on_the_clock', ['both']],
  ]);
  return statement('ids', { company: marks.company, ids: marks.ids, take: marks.take }, (ctx) =>
    list(ctx, timesheets, { params, limit: marks.take - 1, page: 1 }),
  );
}

/** Rows of a resource by id, as the product loads what is not in its cache. */
export function byIdStatement(name: string): Promise<Statement> {
  return statement(name, { company: marks.company, ids: marks.ids }, (ctx) =>
    loadByIds(ctx, definitionOf(name), marks.ids),
  );
}

/** The statement that finds the time next to new time. */
export function neighboursStatement(): Promise<Statement> {
  const candidate: Candidate = {
    index: 0,
    id: undefined,
    given: new Set(),
    before: undefined,
    values: { type: 'regular', user_id: marks.user, jobcode_id: 1, start_at: 1_000_000, end_at: 2_000_000 },
    secrets: {},
    also: { updates: new Map(), inserts: [] },
  };
  const known = {
    company: marks.company,
    users: [marks.user],
    starts: ['1970-01-12 13:46:40+00'],
    ends: ['1970-01-24 03:33:20+00'],
  };
  return statement('neighbours', known, (ctx) => timesheetFacts(ctx, [candidate]));
}

/** The statement that inserts many timesheets. */
export function insertStatement(): Promise<Statement> {
  const known = { company: marks.company, origin: marks.origin, ...columnMarks };
  return statement('insert', known, ({ db }) => writer.insert(db, marks.company, lists, marks.origin));
}

/** The statement that updates many timesheets, each only if it still is the version that was seen. */
export function updateStatement(): Promise<Statement> {
  const known = { company: marks.company, origin: marks.origin, ids: marks.ids, seen: ['seen'], ...columnMarks };
  return statement('update', known, ({ db }) =>
    writer.update(db, marks.company, [{ id: 818_181, seen: 'seen' }], lists, marks.origin),
  );
}
