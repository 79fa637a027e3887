import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Message, sendMessages } from '../../store/messages.ts';
import { sql } from '../../store/sql.ts';
import type { TimesheetFacts } from './facts.ts';

type NotesFacts = Pick<TimesheetFacts, 'settings' | 'isBreak' | 'isTimeOff' | 'users'>;

function notesOf(row: Values | undefined): string {
  return String(row?.notes ?? '').trim();
}

function isClosed(row: Values | undefined): boolean {
  return row !== undefined && (row.type === 'manual' || row.end_at !== null);
}

/**
 * Notes are taken where they are in use, and demanded where they are required: for work that is entered as done, that ends
 * now, or whose notes are taken away. Reference: 07-effective-settings.md, enable_timesheet_notes, timesheet_notes_required.
 */
export function checkNotes({ values, before }: Candidate, facts: NotesFacts, ctx: Ctx): DomainError | undefined {
  const settings = facts.settings.get(Number(values.user_id));
  if (settings === undefined) return undefined;
  const [notes, stored] = [notesOf(values), notesOf(before)];
  if (!settings.isOn('general', 'enable_timesheet_notes')) {
    if (notes === '' || notes === stored) return undefined;
    return new DomainError('invalid', 'Oops! Notes are not in use on timesheets', { field: 'notes' });
  }
  if (notes !== '' || !isClosed(values) || !settings.isOn('general', 'timesheet_notes_required')) return undefined;
  // The server, which ends what somebody forgot, has nothing to note.
  if (ctx.actor.userId === 0) return undefined;
  const jobcodeId = values.jobcode_id as number | null;
  if (facts.isBreak(jobcodeId) || facts.isTimeOff(jobcodeId)) return undefined;
  if (isClosed(before) && stored === '') return undefined;
  return new DomainError('missing', 'Oops! Notes are required on timesheets', { field: 'notes' });
}

/** Whether somebody is told of a timesheet's notes: its user noted something new. */
export function tellsOfNotes({ values, before }: Candidate, { settings }: NotesFacts): boolean {
  const reader = settings.get(Number(values.user_id));
  if (reader === undefined || notesOf(values) === '' || notesOf(values) === notesOf(before)) return false;
  return (
    reader.isOn('general', 'timesheet_notes_notify_admin') || reader.isOn('general', 'timesheet_notes_notify_mgrs')
  );
}

/** Sends new notes by mail to the administrators and to the managers of the user's group, as the settings say. */
export async function tellOfNotes(ctx: Ctx, written: readonly Written[], facts: NotesFacts): Promise<void> {
  const { companyId, userId: actorId } = ctx.actor;
  const news = written.map(({ candidate }) => candidate).filter((candidate) => tellsOfNotes(candidate, facts));
  if (news.length === 0) return;
  const groupOf = (userId: number): number => Number(facts.users.get(userId)?.group_id ?? 0);
  const groups = news.map(({ values }) => groupOf(Number(values.user_id)));
  const rows = await ctx.db.rows(sql`
    SELECT 0, u.id FROM users u
    WHERE u.company_id = ${companyId} AND u.active AND u.permissions @> ARRAY['admin']
    UNION ALL
    SELECT g.id, u.id FROM groups g JOIN users u ON u.company_id = ${companyId} AND u.id = ANY(g.manager_ids) AND u.active
    WHERE g.company_id = ${companyId} AND g.active AND g.id = ANY(${groups}::int[])`);
  const messages = news.flatMap(({ values }): Message[] => {
    const userId = Number(values.user_id);
    const settings = facts.settings.get(userId);
    const told = new Set<number>();
    for (const [group, person] of rows) {
      const setting = group === '0' ? 'timesheet_notes_notify_admin' : 'timesheet_notes_notify_mgrs';
      if (group !== '0' && Number(group) !== groupOf(userId)) continue;
      if (settings?.isOn('general', setting) && Number(person) !== actorId) told.add(Number(person));
    }
    const user = facts.users.get(userId);
    const name = `${user?.first_name} ${user?.last_name}`.trim();
    const subject = `Notes of ${name}`;
    const text = `${name} noted on a timesheet of ${values.date}:\n\n${notesOf(values)}\n`;
    return [...told].map((person) => ({ userId: person, method: 'email', subject, text }));
  });
  await sendMessages(ctx.db, companyId, messages, ctx.now);
}
