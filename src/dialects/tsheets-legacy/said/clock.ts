import type { Said } from '../action.ts';
import { flag, id, notes, params, seconds, username } from './parts.ts';

/** What is said of the actions of the time clock. */
export const clockSaid = {
  clockIn: {
    tag: 'Clock',
    summary: 'Clock in',
    description: 'Starts a timesheet.',
    parameters: params({
      job_code_id: id('Job code to work on; 0 for none. It may be left out by those who have one at most.'),
      notes: notes('Notes on the timesheet.'),
      seconds,
      username,
    }),
    examples: [
      {
        summary: 'Hannah started an hour ago',
        params: { job_code_id: 72, notes: 'Filters on the second floor', seconds: 3_600, username: 'hannah' },
        message: 'Clocked in successfully',
      },
    ],
  },
  jobCodeSwitch: {
    tag: 'Clock',
    summary: 'Switch job codes',
    description: 'Ends the timesheet under way and starts one on another job code at the same second, both or neither.',
    parameters: params(
      {
        job_code_id: id('Job code to work on from now on; 0 for none.'),
        notes: notes('Notes on the timesheet that ends.'),
        seconds,
        username,
      },
      ['job_code_id'],
    ),
    examples: [
      {
        summary: 'To another site',
        params: { job_code_id: 74, seconds: 1_800, username: 'hannah' },
        message: 'Job code switched successfully',
      },
    ],
  },
  replaceNotes: {
    tag: 'Clock',
    summary: 'Write notes',
    description: 'Writes notes on the timesheet that is under way. Blank notes take away those that are there.',
    parameters: params(
      {
        notes: notes('The notes.'),
        append: flag('1 puts them on a line below those that are there, instead of in their place.'),
        username,
      },
      ['notes'],
    ),
    examples: [
      {
        summary: 'Another line',
        params: { notes: 'Waiting for a valve', append: 1, username: 'hannah' },
        message: 'Notes updated successfully',
      },
    ],
  },
  clockOut: {
    tag: 'Clock',
    summary: 'Clock out',
    description: 'Ends the timesheet under way.',
    parameters: params({ notes: notes('Notes in place of those on the timesheet.'), seconds, username }),
    examples: [
      {
        summary: 'Now',
        params: { notes: 'Valve replaced', username: 'hannah' },
        message: 'Clocked out successfully',
      },
    ],
  },
} as const satisfies Readonly<Record<string, Said>>;
