import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lostRace } from '../../engine/results.ts';
import { insertRows, updateSeen } from '../../engine/writing.ts';
import { sql } from '../../store/sql.ts';
import type { EntryFacts } from './facts.ts';
import { settleRequests } from './links.ts';
import { tellPeople } from './messages.ts';
import { replaceSheets } from './sheets.ts';

/** Writes the timesheets of entries, brings their requests in step, and tells those concerned. */
export async function afterEntries(ctx: Ctx, written: readonly Written[], facts: EntryFacts): Promise<Touched> {
  await replaceSheets(ctx, written, facts);
  const requestOf = ({ candidate }: Written): number => Number(candidate.values.time_off_request_id);
  // The request shows the list of its active entries; one that is written itself is stamped already.
  const listed = written.filter(
    ({ candidate: { parent, before, values } }) => parent === undefined && before?.active !== values.active,
  );
  await ctx.db.rows(
    settleRequests(ctx.actor.companyId, sql`SELECT unnest(${written.map(requestOf)}::int[])`, listed.map(requestOf)),
  );
  await tellPeople(ctx, written, facts);
  return new Map();
}

/** Writes entries that were judged as parts of requests, with all that follows from it. */
export async function writeEntries(ctx: Ctx, entries: readonly Candidate[], facts: EntryFacts): Promise<void> {
  if (entries.length === 0) return;
  const definition = resourceOf(ctx, 'time_off_request_entries');
  const fresh = entries.filter(({ id }) => id === undefined);
  const changed = entries.filter(({ id }) => id !== undefined);
  const written: Written[] = changed.map((candidate) => ({ candidate, id: candidate.id ?? 0 }));
  if (changed.length > 0) {
    const rows = changed.map(({ id = 0, before, values }) => ({ id, seen: before, values }));
    if ((await updateSeen(ctx, definition, rows)).size < rows.length) throw lostRace();
  }
  if (fresh.length > 0) {
    const position = layoutOf(definition).at('id') + 1;
    const rows = await insertRows(
      ctx,
      definition,
      fresh.map(({ values }) => values),
    );
    for (const cells of rows) {
      const candidate = fresh[Number(cells[0]) - 1];
      if (candidate !== undefined) written.push({ candidate, id: Number(cells[position]) });
    }
  }
  await afterEntries(ctx, written, facts);
}
