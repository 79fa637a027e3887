import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import type { FieldDefinition } from '../../rules/customfield-values.ts';
import { sql } from '../../store/sql.ts';
import { type LimitsOfUse, limitsOf } from '../customfielditem-filters/limits.ts';
import { fieldDefinitions } from '../customfields/queries.ts';
import { effectiveSettings, type SettingsReader } from '../effective-settings/queries.ts';

/** A row of an event: the part of one user, or of nobody. */
export interface Part {
  /** undefined for a row that the batch makes. */
  readonly id: number | undefined;
  /** As it is after the items that were accepted so far. */
  values: Values;
  /** As it was before the batch. */
  readonly stored: Values | undefined;
  /** The candidate that writes it, as its own row or together with it. */
  writer?: Candidate;
  /** All parts of its event, itself too. */
  event: Part[];
  /** The same with those that left, so that each user is told once what became of the event for him. */
  readonly family: Part[];
}

/** What the rules know about a batch of events. */
export interface EventFacts {
  /** Stored parts by id. */
  readonly parts: Map<number, Part>;
  /** Parts by family. */
  readonly families: Set<Part[]>;
  /** What each candidate is about to do. */
  readonly plans: Map<Candidate, Plan>;
  /** Of everybody who is or will be assigned, and of the actor. */
  readonly settings: ReadonlyMap<number, SettingsReader>;
  readonly archivedUsers: ReadonlySet<number>;
  readonly archivedJobcodes: ReadonlySet<number>;
  readonly fields: ReadonlyMap<number, FieldDefinition>;
  /** What custom field items may be chosen. */
  readonly limits: LimitsOfUse;
}

/** How an accepted candidate changes its event. */
export interface Plan {
  /** The row that the item names; undefined for a new one. */
  readonly named: Part | undefined;
  /** The item's own row leaves its event and becomes one of its own. */
  readonly splits: boolean;
  /** Other parts of the event that change, and what they become. */
  readonly changes: readonly (readonly [Part, Values])[];
  /** Parts whose users are taken off. */
  readonly leaving: readonly Part[];
  /** Parts that are new. */
  readonly joins: readonly Values[];
}

/** The users of a row. */
export function assignedTo(row: Values | undefined): readonly number[] {
  return (row?.assigned_user_ids as readonly number[] | undefined) ?? [];
}

/** Loads the facts of a batch: cached ones, and one statement for the other parts of events of several users. */
export async function eventFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<EventFacts> {
  const userIds = new Set([ctx.actor.userId]);
  const jobcodeIds = new Set<number>();
  for (const { values, before } of candidates) {
    for (const row of [values, before]) for (const id of assignedTo(row)) userIds.add(id);
    if (typeof values.jobcode_id === 'number') jobcodeIds.add(values.jobcode_id);
  }
  const parts = await loadParts(ctx, candidates);
  for (const { values } of parts.values()) {
    for (const id of assignedTo(values)) userIds.add(id);
    if (typeof values.jobcode_id === 'number') jobcodeIds.add(values.jobcode_id);
  }
  const fields = await fieldDefinitions(ctx, 'timesheet');
  const choosing = candidates.some(
    ({ values: { customfields } }) => customfields instanceof Map && customfields.size > 0,
  );
  // Limits are known by user and by jobcode, so that each needs to be named once.
  const uses = [
    ...[...userIds].map((userId) => ({ userId, jobcodeId: 0 })),
    ...[...jobcodeIds].map((jobcodeId) => ({ userId: 0, jobcodeId })),
  ];
  return {
    parts,
    families: new Set([...parts.values()].map(({ family }) => family)),
    plans: new Map(),
    settings: await effectiveSettings(ctx, userIds),
    archivedUsers: await archivedOf(ctx, 'users', userIds),
    archivedJobcodes: await archivedOf(ctx, 'jobcodes', jobcodeIds),
    fields,
    limits: await limitsOf(ctx, fields, choosing ? uses : []),
  };
}

async function archivedOf(ctx: Ctx, resource: string, ids: Iterable<number>): Promise<Set<number>> {
  const definition = resourceOf(ctx, resource);
  const at = layoutOf(definition).at('active');
  const rows = await lookup(ctx, definition, ids);
  return new Set([...rows].flatMap(([id, cells]) => (cells[at] === 't' ? [] : [id])));
}

async function loadParts(ctx: Ctx, candidates: readonly Candidate[]): Promise<Map<number, Part>> {
  const rows = new Map<number, Values>();
  const teams = new Set<string>();
  for (const { id, before } of candidates) {
    if (id === undefined || before === undefined) continue;
    rows.set(id, before);
    if (typeof before.team === 'string') teams.add(before.team);
  }
  if (teams.size > 0) {
    const layout = layoutOf(resourceOf(ctx, 'schedule_events'));
    const found = await ctx.db.rows(sql`
      SELECT ${layout.select} FROM schedule_events t
      WHERE t.company_id = ${ctx.actor.companyId} AND t.team = ANY(${[...teams]}::text[])`);
    for (const cells of found) {
      const values = layout.values(cells);
      rows.set(Number(values.id), values);
    }
  }
  return partsOf(rows);
}

/** Rows as parts of their events, those of an event in the order in which its users are assigned. */
function partsOf(rows: ReadonlyMap<number, Values>): Map<number, Part> {
  const parts = new Map<number, Part>();
  const events = Map.groupBy(rows, ([id, { team }]) => team ?? id);
  for (const members of events.values()) {
    const event: Part[] = [];
    const family: Part[] = [];
    const place = (row: Values): number => assignedTo(row).indexOf(Number(row.assignee_id));
    for (const [id, stored] of members.toSorted(([, a], [, b]) => place(a) - place(b))) {
      const part: Part = { id, values: { ...stored }, stored, event, family };
      parts.set(id, part);
      event.push(part);
      family.push(part);
    }
  }
  return parts;
}
