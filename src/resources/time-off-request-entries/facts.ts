import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds, lookup } from '../../engine/lookup.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { type JobcodeUse, jobcodeUse } from '../jobcode-assignments/queries.ts';

/** What the rules know about a batch of entries. */
export interface EntryFacts {
  /** Requests that entries belong to and that are not part of this batch themselves, by id. */
  requests: ReadonlyMap<number, Values>;
  users: ReadonlyMap<number, Values>;
  jobcodes: ReadonlyMap<number, Values>;
  jobcodeUse: JobcodeUse;
  /** IANA zone of a user. */
  zoneOf: (userId: number) => string;
  /** Timesheets to be made, by the entry that is approved. */
  sheets: Map<Candidate, Values>;
  /** Ids of the timesheets to be removed, by the entry that is no longer approved. */
  leaving: Map<Candidate, number>;
}

/** The request that an entry belongs to, as it will be. */
export function requestOf({ parent, values }: Candidate, { requests }: Pick<EntryFacts, 'requests'>): Values {
  return parent?.values ?? requests.get(Number(values.time_off_request_id)) ?? {};
}

/** Loads the facts of a batch. */
export async function entryFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<EntryFacts> {
  const alone = candidates.filter(({ parent }) => parent === undefined);
  const requestRows = await valuesOf(ctx, 'time_off_requests', loadByIds, idsIn(alone, 'time_off_request_id'));
  const owner = (candidate: Candidate): number => Number(requestOf(candidate, { requests: requestRows }).user_id);
  const userIds = new Set(candidates.map(owner));
  const settings = await effectiveSettings(ctx, userIds);
  return {
    requests: requestRows,
    users: await valuesOf(ctx, 'users', lookup, [...userIds]),
    jobcodes: await valuesOf(ctx, 'jobcodes', lookup, idsIn(candidates, 'jobcode_id')),
    jobcodeUse: await jobcodeUse(
      ctx,
      candidates.map((candidate) => ({ userId: owner(candidate), jobcodeId: Number(candidate.values.jobcode_id) })),
    ),
    zoneOf: (userId) => String(settings.get(userId)?.get('general', 'tz') ?? 'UTC'),
    sheets: new Map(),
    leaving: new Map(),
  };
}

function idsIn(candidates: readonly Candidate[], column: string): number[] {
  return [...new Set(candidates.map(({ values }) => Number(values[column] ?? 0)))];
}

/** Rows of a resource as values, by id. */
async function valuesOf(
  ctx: Ctx,
  name: string,
  load: typeof loadByIds,
  ids: readonly number[],
): Promise<Map<number, Values>> {
  if (ids.length === 0) return new Map();
  const definition = resourceOf(ctx, name);
  const layout = layoutOf(definition);
  return new Map([...(await load(ctx, definition, ids))].map(([id, cells]) => [id, layout.values(cells)]));
}
