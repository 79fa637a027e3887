import { updateRows } from '../engine/update.ts';
import { isoLocal, offsetMinutes } from '../lib/time.ts';
import { timesheets } from '../resources/timesheets/definition.ts';
import { nextOverdue, type Overdue, takeOverdue } from '../resources/timesheets/overdue.ts';
import { type Superiors, superiorsOf } from '../resources/users/superiors.ts';
import { type Message, type MessageMethod, sendMessages } from '../store/messages.ts';
import { savepoint } from '../store/savepoint.ts';
import { serverCtx } from './context.ts';
import type { Job, JobRun } from './job.ts';

const name = 'clock-out';

/** Clocks people out who have been on the clock for too long. Reference: 07-effective-settings.md, clockout_override. */
export const clockOut: Job = {
  name,
  means: 'clocks out whoever has been on the clock for longer than clockout_override_hours',
  every: 60,
  idleUntil: async (db, _now, until) => (await nextOverdue(db)) ?? until,
  run: async (run) => {
    const companies = Map.groupBy(await takeOverdue(run.db, run.now), ({ companyId }) => companyId);
    for (const [companyId, overdue] of companies) await endOrSplit(run, companyId, overdue);
  },
};

/** Ends timesheets together; where that fails, each by itself. What can not be ended now is found again a minute later. */
async function endOrSplit(run: JobRun, companyId: number, overdue: readonly Overdue[]): Promise<void> {
  try {
    await savepoint(run.db, () => end(run, companyId, overdue));
  } catch (error) {
    if (overdue.length > 1) {
      for (const one of overdue) await endOrSplit(run, companyId, [one]);
      return;
    }
    const timesheet = overdue[0]?.id;
    const message = 'A timesheet could not be ended';
    run.services.log.event({ level: 'warn', message, job: name, companyId, timesheet, error: String(error) });
  }
}

async function end(run: JobRun, companyId: number, overdue: readonly Overdue[]): Promise<void> {
  const { items } = await updateRows(
    serverCtx(run, companyId, name),
    timesheets,
    overdue.map(({ id, end: moment }) => ({
      id,
      end: isoLocal(moment, 0),
      origin_hint_end: 'Automatic clock out',
    })),
  );
  // Time that is locked (exported, or in books that are closed) is not even the server's to change.
  const ended = overdue.filter((_, index) => items[index]?.ok === true);
  if (ended.length === 0) return;
  const userIds = ended.map(({ userId }) => userId);
  const superiors = await superiorsOf(run.db, companyId, userIds);
  const messages = ended.flatMap((one) => messagesAbout(one, superiors));
  await sendMessages(run.db, companyId, messages, run.now);
}

const methods: readonly MessageMethod[] = ['email', 'dashboard'];

/** What the user, and those above him who want to know, are told. */
function messagesAbout(overdue: Overdue, { admins, managers }: Superiors): Message[] {
  const { userId, zone, start, end: moment, hours, tellAdmins, tellManagers } = overdue;
  const local = (epochSeconds: number): string => isoLocal(epochSeconds, offsetMinutes(zone, epochSeconds));
  const [day, time] = [local(start).slice(0, 10), local(moment).slice(0, 16).replace('T', ' ')];
  const told = new Set([...(tellAdmins ? admins : []), ...(tellManagers ? (managers.get(userId) ?? []) : [])]);
  told.delete(userId);
  const long = hours === 1 ? '1 hour' : `${hours} hours`;
  const own = {
    subject: 'You were clocked out automatically',
    text: `You were still on the clock ${long} after clocking in on ${day}, so your timesheet was ended at ${time}. Please check it.`,
  };
  const theirs = {
    subject: `${overdue.name} was clocked out automatically`,
    text: `${overdue.name} was still on the clock ${long} after clocking in on ${day}, so the timesheet was ended at ${time}.`,
  };
  return methods.flatMap((method) => [
    { userId, method, ...own },
    ...[...told].map((superior) => ({ userId: superior, method, ...theirs })),
  ]);
}
