import { type RuleSet, ruleSetOf, type Step } from './rule-set.ts';

const OVERTIME = 1.5;
const DOUBLE_TIME = 2;
const DOUBLE_TIME_HOURS = 12;

const secondsOf = (hours: number): number => Math.round(hours * 3600);

/** Hours of a setting that is off ("0"), on ("1", after the usual hours), or the hours themselves. */
function hoursOf(setting: number, usual: number): number | null {
  if (setting === 0) return null;
  return setting === 1 ? usual : setting;
}

function dailySteps(overtimeHours: number | null, doubleTimeHours: number | null): readonly Step[] {
  const steps: Step[] = [];
  // Double time that starts no later than overtime leaves none of it: a report still has to come out.
  if (overtimeHours !== null && (doubleTimeHours === null || overtimeHours < doubleTimeHours)) {
    steps.push({ after: secondsOf(overtimeHours), multiplier: OVERTIME });
  }
  if (doubleTimeHours !== null) steps.push({ after: secondsOf(doubleTimeHours), multiplier: DOUBLE_TIME });
  return steps;
}

/**
 * The rules that the settings of the section 'general' describe; `get` gives their raw values (texts or numbers). Punches
 * are rounded when they are written, so there is no rounding. Reference: 07-effective-settings.md.
 */
export function rulesFromSettings(get: (section: string, key: string) => unknown): RuleSet {
  const number = (key: string): number => Number(get('general', key));
  const deduct = secondsOf(number('lunch_length'));
  return ruleSetOf({
    week_start: number('week_start'),
    weekly:
      number('calculate_overtime') === 1
        ? [{ after: secondsOf(number('weekly_regular_hours')), multiplier: OVERTIME }]
        : [],
    daily: dailySteps(
      hoursOf(number('daily_overtime'), number('daily_regular_hours')),
      hoursOf(number('daily_doubletime'), DOUBLE_TIME_HOURS),
    ),
    pto_counts: number('pto_overtime') === 1,
    automatic_break:
      number('lunch_deduct') === 1 && deduct > 0 ? { after: secondsOf(number('lunch_threshold')), deduct } : null,
  });
}
