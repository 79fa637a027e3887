import { readConfig } from '../src/config.ts';
import type { Actor, Ctx } from '../src/engine/context.ts';
import type { Candidate, Definition, Values } from '../src/engine/definition.ts';
import { encode, layoutOf } from '../src/engine/layout.ts';
import { list } from '../src/engine/list.ts';
import { loadByIds } from '../src/engine/lookup.ts';
import { insertRows, updateSeen } from '../src/engine/writing.ts';
import { resources } from '../src/resources/index.ts';
import { timesheetFacts } from '../src/resources/timesheets/facts.ts';
import { CompanyCache } from '../src/store/cache.ts';
import type { Db } from '../src/store/db.ts';
import type { Statement as Sent } from '../src/store/sql.ts';

/**
 * The product's own statements, taken from the functions that build them: each is called once with a database that only
 * listens and with values that can be recognised, and the text that takes these values is kept. So the floor can not drift
 * away from the product.
 */
export interface FloorStatement {
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
  origin: '717171|bench|',
} as const;

const actor: Actor = {
  companyId: marks.company,
  userId: marks.user,
  permissions: new Set(['admin']),
  managedGroupIds: [],
  managedUserIds: new Set(),
  projectIds: new Set(),
  colleagueIds: new Set(),
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
  await work({
    actor,
    db,
    cache: new CompanyCache(),
    config: readConfig({}),
    resources,
    now: 0,
    via: 'bench',
    requestId: '',
  });
  return sent;
}

/** The one statement that takes every known value: others, for what is in memory once it was asked for, may come before. */
async function statement(
  name: string,
  known: Readonly<Record<string, unknown>>,
  work: (ctx: Ctx) => Promise<unknown>,
): Promise<FloorStatement> {
  const names = new Map(Object.entries(known).map(([key, value]) => [JSON.stringify(value), key]));
  const takesAll = ({ values }: Sent): boolean => {
    const taken = new Set(values.map((value) => JSON.stringify(value)));
    return [...names.keys()].every((value) => taken.has(value));
  };
  const [found, another] = (await sentBy(work)).filter(takesAll);
  if (found === undefined || another !== undefined) {
    throw new Error(`Not one statement of the product for ${name} takes ${[...names.values()].join(', ')}.`);
  }
  const sources = found.values.map((value) => ({ key: names.get(JSON.stringify(value)), value }));
  return {
    name: `floor-${name}`,
    text: found.text,
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

/** Columns that a write stores, with the type that decides how. */
const stored = layoutOf(timesheets).stored;
export const storedColumns = [...stored.keys()];
/** A row of recognisable values, one that the type can hold; its texts are what the statements get. */
const markedRow: Values = Object.fromEntries(
  [...stored].map(([name, type], index) => [name, type === 'local-instant' ? 1_000 + index : `column ${name}`]),
);
const columnMarks = Object.fromEntries([...stored].map(([name, type]) => [name, [encode(type, markedRow[name])]]));

/** A page of timesheets by days; beyond the product's own bound it is written otherwise, by the product's decision. */
export function pageStatement(deep: boolean): Promise<FloorStatement> {
  const { from, to, take, offset } = marks;
  const limit = take - 1;
  const page = deep ? offset / limit + 1 : 1;
  const params = new Map([
    ['start_date', [from]],
    ['end_date', [to]],
  ]);
  const known = { company: marks.company, from, to, take, ...(deep ? { offset } : {}) };
  return statement(deep ? 'deep' : 'page', known, (ctx) => list(ctx, timesheets, { params, limit, page }));
}

/** Timesheets by ids, on the clock or not. */
export function idsStatement(): Promise<FloorStatement> {
  const params = new Map([
    ['ids', [String(marks.ids[0])]],
    ['on_the_clock', ['both']],
  ]);
  return statement('ids', { company: marks.company, ids: marks.ids, take: marks.take }, (ctx) =>
    list(ctx, timesheets, { params, limit: marks.take - 1, page: 1 }),
  );
}

/** Rows of a resource by id, as the product loads what is not in its cache. */
export function byIdStatement(name: string): Promise<FloorStatement> {
  return statement(name, { company: marks.company, ids: marks.ids }, (ctx) =>
    loadByIds(ctx, definitionOf(name), marks.ids),
  );
}

/** The statement that finds the time next to new time. */
export function neighboursStatement(): Promise<FloorStatement> {
  const candidate: Candidate = {
    index: 0,
    id: undefined,
    given: new Set(),
    before: undefined,
    values: { type: 'regular', user_id: marks.user, jobcode_id: 1, start_at: 1_000_000, end_at: 2_000_000 },
    secrets: {},
    nested: {},
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
export function insertStatement(): Promise<FloorStatement> {
  const known = { company: marks.company, origin: marks.origin, ...columnMarks };
  return statement('insert', known, (ctx) => insertRows(ctx, timesheets, [markedRow]));
}

/** The statement that updates many timesheets, each only if it still is the version that was seen. */
export function updateStatement(): Promise<FloorStatement> {
  const [id] = marks.ids;
  const known = { company: marks.company, origin: marks.origin, ids: marks.ids, seen: ['seen'], ...columnMarks };
  return statement('update', known, (ctx) =>
    updateSeen(ctx, timesheets, [{ id, seen: { last_modified: 'seen' }, values: markedRow }]),
  );
}
