import { resourceOf } from '../../../engine/context.ts';
import { createOne, removeOne } from '../../../engine/values.ts';
import { jobcodeChosen } from '../../../operations/clock.ts';
import { timesheetsToTheSecond } from '../../../resources/timesheets/to-the-second.ts';
import type { Action } from '../action.ts';
import { subjectOf } from '../people.ts';
import { idGiven, numberGiven, required } from '../read.ts';
import { inWordsOf } from '../words.ts';
import { jobcodeWord, notesOf } from './clock.ts';

const mostHours = 24;

/** add_manual_time: hours of a day without a start and an end. */
export const addManualTime: Action = async (call) => {
  const { ctx, params } = call;
  const date = required(params, 'date');
  required(params, 'hours');
  const hours = numberGiven(params, 'hours', { least: 0, most: mostHours }) ?? 0;
  required(params, 'job_code_id');
  const jobcodeId = idGiven(params, 'job_code_id');
  const notes = notesOf(call) ?? '';
  const userId = await subjectOf(call);
  const item = {
    user_id: userId,
    type: 'manual',
    jobcode_id: await inWordsOf(jobcodeWord, jobcodeChosen(ctx, userId, jobcodeId)),
    date,
    duration: Math.round(hours * 3_600),
    notes,
  };
  await inWordsOf(jobcodeWord, createOne(ctx, timesheetsToTheSecond, item));
  return { message: 'Manual time added successfully' };
};

/** delete_timesheet. */
export const deleteTimesheet: Action = async ({ ctx, params }) => {
  required(params, 'id');
  await removeOne(ctx, resourceOf(ctx, 'timesheets'), idGiven(params, 'id') ?? 0);
  return { message: 'Timesheet deleted successfully' };
};
