import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import type { FieldDefinition } from '../../rules/customfield-values.ts';
import { join, type Sql, sql } from '../../store/sql.ts';
import type { FactsOf } from '../approvals/facts.ts';
import { companyOf } from '../companies/queries.ts';
import { fieldDefinitions } from '../customfields/queries.ts';
import { ownSettings, type SettingsReader } from '../effective-settings/queries.ts';
import { factsOfMoves } from './approval.ts';
import { isActiveAdmin } from './changes.ts';
import { newPinOf } from './pins.ts';

/** Properties that tell users of a company apart. */
export const uniqueFields = ['username', 'payroll_id', 'employee_number'] as const;
type UniqueField = (typeof uniqueFields)[number];

/** What the rules know about a batch of users. */
export interface UserFacts {
  /** Ids of users by what they alone may have; see keyOf. Negative ids stand for new users of the batch. */
  taken: Map<string, number>;
  /** Active admins; only loaded when somebody is about to stop being one. */
  admins: Set<number>;
  /** Those of the batch who have an open timesheet, when they are about to be archived. */
  onTheClock: ReadonlySet<number>;
  archivedGroups: ReadonlySet<number>;
  /** Users by the readable PIN that the batch asks for. Negative ids as in `taken`. */
  pins: Map<string, number>;
  /** Of the jobcodes that become somebody's usual one: those that can be. */
  departments: ReadonlySet<number>;
  /** Custom fields of users. */
  fields: ReadonlyMap<number, FieldDefinition>;
  /** What the company is called, where a new user gets a password: nobody's password is that. */
  companyNames: readonly string[];
  /** The settings of the actor, where he changes himself. */
  ownSettings: SettingsReader | undefined;
  /** What is known of the time of those whose dates of submitting and approving move; undefined where nobody's do. */
  moves: FactsOf | undefined;
}

/** A unique value as the key of `taken`; undefined for a value that anyone may have. */
export function keyOf(field: UniqueField, row: Values): string | undefined {
  const value = row[field];
  if (value === '' || value === 0 || value === null || value === undefined) return undefined;
  return `${field} ${field === 'username' ? String(value).toLowerCase() : value}`;
}

/** Loads the facts in one statement, another one where time is submitted or approved, besides what is kept in the cache. */
export async function userFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<UserFacts> {
  const facts = {
    taken: new Map<string, number>(),
    admins: new Set<number>(),
    onTheClock: new Set<number>(),
    archivedGroups: new Set<number>(),
    pins: new Map<string, number>(),
  };
  const questions = questionsAbout(ctx.actor.companyId, candidates);
  const rows = questions.length === 0 ? [] : await ctx.db.rows(join(questions, ' UNION ALL '));
  for (const [kind, cell, text = null] of rows) {
    const id = Number(cell);
    if (kind === 'admin') facts.admins.add(id);
    else if (kind === 'open') facts.onTheClock.add(id);
    else if (kind === 'pin') facts.pins.set(String(text), id);
    else if (kind === 'archived') facts.archivedGroups.add(id);
    else facts.taken.set(keyOf(kind as UniqueField, { [String(kind)]: text }) ?? '', id);
  }
  const self = candidates.some(({ id }) => id === ctx.actor.userId);
  return {
    ...facts,
    companyNames: await companyNamesFor(ctx, candidates),
    departments: await departmentsFor(ctx, candidates),
    fields: await fieldsFor(ctx, candidates),
    ownSettings: self ? await ownSettings(ctx) : undefined,
    moves: await factsOfMoves(ctx, candidates),
  };
}

function questionsAbout(companyId: number, candidates: readonly Candidate[]): Sql[] {
  const news = (name: string): Values[] =>
    candidates.filter(({ before, values }) => before?.[name] !== values[name]).map(({ values }) => values);
  const questions: Sql[] = [];
  const usernames = news('username').map(({ username }) => String(username));
  if (usernames.length > 0)
    questions.push(sql`
      SELECT 'username', u.id, n.name FROM unnest(${usernames}::text[]) AS n (name)
      JOIN users u ON u.company_id = ${companyId} AND lower(u.username) = lower(n.name)`);
  const payrollIds = news('payroll_id').flatMap(({ payroll_id: id }) => (id === '' ? [] : [String(id)]));
  if (payrollIds.length > 0)
    questions.push(sql`
      SELECT 'payroll_id', id, payroll_id FROM users
      WHERE company_id = ${companyId} AND payroll_id <> '' AND payroll_id = ANY(${payrollIds}::text[])`);
  const numbers = news('employee_number').flatMap(({ employee_number: n }) => (n === 0 ? [] : [Number(n)]));
  if (numbers.length > 0)
    questions.push(sql`
      SELECT 'employee_number', id, employee_number::text FROM users
      WHERE company_id = ${companyId} AND employee_number <> 0 AND employee_number = ANY(${numbers}::int[])`);
  const pins = candidates.flatMap(({ secrets }) => newPinOf(secrets) ?? []);
  if (pins.length > 0)
    questions.push(sql`
      SELECT 'pin', user_id, pin FROM kiosk_access WHERE company_id = ${companyId} AND pin = ANY(${pins}::text[])`);
  const groupIds = news('group_id').flatMap(({ group_id: id }) => (typeof id === 'number' ? [id] : []));
  if (groupIds.length > 0)
    questions.push(sql`
      SELECT 'archived', id, NULL FROM groups
      WHERE company_id = ${companyId} AND NOT active AND id = ANY(${groupIds}::int[])`);
  const leaving = candidates.flatMap(({ id, before, values }) =>
    id !== undefined && before?.active === true && values.active === false ? [id] : [],
  );
  if (leaving.length > 0)
    questions.push(sql`
      SELECT 'open', user_id, NULL FROM timesheets
      WHERE company_id = ${companyId} AND user_id = ANY(${leaving}::int[]) AND end_at IS NULL AND type = 'regular'`);
  if (candidates.some(({ before, values }) => isActiveAdmin(before) && !isActiveAdmin(values)))
    questions.push(adminsOf(companyId));
  return questions;
}

/** Asks for the active admins of a company, as rows of ('admin', id, null). */
export function adminsOf(companyId: number): Sql {
  return sql`
    SELECT 'admin', id, NULL FROM users WHERE company_id = ${companyId} AND active AND permissions @> ARRAY['admin']`;
}

async function companyNamesFor({ db, actor }: Ctx, candidates: readonly Candidate[]): Promise<string[]> {
  if (!candidates.some(({ before, secrets }) => before === undefined && secrets.password !== undefined)) return [];
  const company = await companyOf(db, actor.companyId);
  return company === undefined ? [] : [company.name, company.clientUrl];
}

async function fieldsFor(ctx: Ctx, candidates: readonly Candidate[]): Promise<UserFacts['fields']> {
  return candidates.some(({ given }) => given.has('customfields')) ? fieldDefinitions(ctx, 'user') : new Map();
}

/** Active regular jobcodes at the top level, of those that become somebody's usual one. */
async function departmentsFor(ctx: Ctx, candidates: readonly Candidate[]): Promise<Set<number>> {
  const ids = candidates.flatMap(({ before, values: { default_jobcode_id: id } }) =>
    typeof id === 'number' && id !== before?.default_jobcode_id ? [id] : [],
  );
  const jobcodes = resourceOf(ctx, 'jobcodes');
  const rows = await lookup(ctx, jobcodes, ids);
  const { values } = layoutOf(jobcodes);
  return new Set([...rows].flatMap(([id, cells]) => (isDepartment(values(cells)) ? [id] : [])));
}

/** Whether a jobcode is one that people usually work on: active, regular and at the top level. */
export function isDepartment({ active, type, parent_id }: Values): boolean {
  return active === true && type === 'regular' && parent_id === null;
}
