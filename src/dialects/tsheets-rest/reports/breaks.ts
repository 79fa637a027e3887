import { dayOfEpochDays } from '../../../lib/time.ts';
import { breaksNotTaken, type PersonBreaks } from '../../../reports/punches/breaks.ts';
import type { WorkdayBreak } from '../../../rules/pay/breaks.ts';
import { personCells, personHead } from './payroll-table.ts';
import type { Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';
import { timeAsked } from './time-asked.ts';

/**
 * reports/breaks: the workdays on which the automatic break of payroll was due and nobody took it, or not for long enough.
 * With `rules`, by the automatic break of these. The reference has no such report.
 */
export const breaks: Report = {
  run: async (ctx, { data, supplemental }) => {
    const { range, ...question } = await timeAsked(ctx, data);
    const people = await breaksNotTaken(ctx, question);
    const userIds = people.map(({ userId }) => userId);
    const beside = supplemental ? `,${await supplementalOf(ctx, { users: userIds })}` : '';
    return {
      json: function* () {
        yield `{"results":{"breaks_report":{"start_date":"${range.start}","end_date":"${range.end}"`;
        yield `,"total":${JSON.stringify(countsOf(people))},"users":{`;
        for (const [index, person] of people.entries()) yield `${index === 0 ? '' : ','}${personText(person)}`;
        yield `}}}${beside}}`;
      },
      table: () => ({ name: `breaks-${range.start}-${range.end}`, head: [...personHead, ...columns], rows: rowsOf() }),
    };
    async function* rowsOf(): AsyncGenerator<readonly (string | number | null)[]> {
      const cells = await personCells(ctx, people);
      for (const { userId, breaks: days } of people)
        for (const day of days) yield [...(cells.get(userId) ?? []), ...Object.values(valuesOf(day))];
    }
  },
};

const columns = ['date', 'state', 'worked_seconds', 'due_seconds', 'taken_seconds', 'deducted_seconds'] as const;

function valuesOf(day: WorkdayBreak): Record<(typeof columns)[number], string | number> {
  return {
    date: dayOfEpochDays(day.day),
    state: day.state,
    worked_seconds: day.worked,
    due_seconds: day.due,
    taken_seconds: day.taken,
    deducted_seconds: day.deducted,
  };
}

function countsOf(people: readonly PersonBreaks[]): { missed: number; short: number } {
  const days = people.flatMap((person) => person.breaks);
  const missed = days.filter(({ state }) => state === 'missed').length;
  return { missed, short: days.length - missed };
}

function personText(person: PersonBreaks): string {
  const workdays = person.breaks.map(valuesOf);
  return `"${person.userId}":${JSON.stringify({ user_id: person.userId, ...countsOf([person]), workdays })}`;
}
