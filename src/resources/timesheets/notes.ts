import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values, Written } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { type Message, type MessageMethod, sendMessages } from '../../store/messages.ts';
import { superiorsOf } from '../users/superiors.ts';
import type { TimesheetFacts } from './facts.ts';

type NotesFacts = Pick<TimesheetFacts, 'settings' | 'isBreak' | 'isTimeOff' | 'users'>;

const methods: readonly MessageMethod[] = ['email', 'dashboard'];

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

/** Whether somebody is told of a timesheet's notes: they are new, and a setting wants it. */
export function tellsOfNotes({ values, before }: Candidate, { settings }: NotesFacts): boolean {
  const reader = settings.get(Number(values.user_id));
  if (reader === undefined || notesOf(values) === '' || notesOf(values) === notesOf(before)) return false;
  return (
    reader.isOn('general', 'timesheet_notes_notify_admin') || reader.isOn('general', 'timesheet_notes_notify_mgrs')
  );
}

/** Sends new notes to the administrators and to the managers of the user's group, as the settings say. */
export async function tellOfNotes(ctx: Ctx, written: readonly Written[], facts: NotesFacts): Promise<void> {
  const { companyId, userId: actorId } = ctx.actor;
  const news = written.flatMap(({ candidate }) => (tellsOfNotes(candidate, facts) ? [candidate.values] : []));
  if (news.length === 0) return;
  const userIds = news.map(({ user_id }) => Number(user_id));
  const { admins, managers } = await superiorsOf(ctx.db, companyId, userIds);
  const messages = news.flatMap((values): Message[] => {
    const userId = Number(values.user_id);
    const [settings, user] = [facts.settings.get(userId), facts.users.get(userId)];
    const told = new Set([
      ...(settings?.isOn('general', 'timesheet_notes_notify_admin') ? admins : []),
      ...(settings?.isOn('general', 'timesheet_notes_notify_mgrs') ? (managers.get(userId) ?? []) : []),
    ]);
    told.delete(actorId);
    const name = `${user?.first_name} ${user?.last_name}`.trim();
    const subject = `Notes of ${name}`;
    const text = `${name} noted on a timesheet of ${values.date}:\n\n${notesOf(values)}\n`;
    return methods.flatMap((method) => [...told].map((person) => ({ userId: person, method, subject, text })));
  });
  await sendMessages(ctx.db, companyId, messages, ctx.now);
}
