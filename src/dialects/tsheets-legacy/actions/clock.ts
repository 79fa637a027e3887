import { clockIn, clockOut, noteOnClock, type Punch, switchJob } from '../../../operations/clock.ts';
import type { Action, Call } from '../action.ts';
import { subjectOf } from '../people.ts';
import { idGiven, invalid, isSet, momentOf, required } from '../read.ts';
import { inWordsOf } from '../words.ts';

const longestNotes = 2_000;

/** What this API calls a jobcode. */
export const jobcodeWord = { jobcode_id: 'job_code_id' };

/** The notes of a request. Throws 'invalid' beyond the documented 2,000 characters. */
export function notesOf({ params }: Pick<Call, 'params'>): string | undefined {
  const notes = params.get('notes');
  if (notes !== undefined && [...notes].length > longestNotes) {
    throw invalid('notes', `at most ${longestNotes} characters`);
  }
  return notes === '' ? undefined : notes;
}

async function punchOf(call: Call): Promise<Punch> {
  const at = momentOf(call);
  const notes = notesOf(call);
  return { userId: await subjectOf(call), at, notes };
}

/** clock_in: starts a timesheet. */
export const clockInAction: Action = async (call) => {
  const jobcodeId = idGiven(call.params, 'job_code_id');
  await inWordsOf(jobcodeWord, clockIn(call.ctx, { ...(await punchOf(call)), jobcodeId }));
  return { message: 'Clocked in successfully' };
};

/** job_code_switch: ends the timesheet and starts one on another job code at the same second. */
export const jobCodeSwitch: Action = async (call) => {
  required(call.params, 'job_code_id');
  const jobcodeId = idGiven(call.params, 'job_code_id');
  await inWordsOf(jobcodeWord, switchJob(call.ctx, { ...(await punchOf(call)), jobcodeId }));
  return { message: 'Job code switched successfully' };
};

/** replace_notes: notes on the timesheet that is under way. */
export const replaceNotes: Action = async (call) => {
  // Blank notes take away those that are there.
  if (!call.params.has('notes')) required(call.params, 'notes');
  const notes = notesOf(call) ?? '';
  const append = isSet(call.params, 'append');
  await noteOnClock(call.ctx, { userId: await subjectOf(call), notes, append });
  return { message: 'Notes updated successfully' };
};

/** clock_out: ends the timesheet. */
export const clockOutAction: Action = async (call) => {
  await clockOut(call.ctx, await punchOf(call));
  return { message: 'Clocked out successfully' };
};
