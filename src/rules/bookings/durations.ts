import { durationOf, secondsOf } from '../availability/expressions.ts';

/** Ten years; what is longer is a mistake. */
const mostSeconds = 315_360_000;

/** Seconds of a text such as '1 day' or '2 hours 30 minutes'; undefined for anything else, and for less than nothing. */
export function durationSeconds(text: string): number | undefined {
  const duration = durationOf(text);
  const seconds = duration === undefined ? -1 : secondsOf(duration);
  return seconds >= 0 && seconds <= mostSeconds ? seconds : undefined;
}

/** Seconds of so many units, which may be seconds here ('secs', 'mins', 'hours' …); undefined where there are none such. */
export function unitSeconds(time: number, unit: string): number | undefined {
  if (!/^sec(ond)?s?$/i.test(unit.trim())) return durationSeconds(`${time} ${unit}`);
  return time >= 0 && time <= mostSeconds ? time : undefined;
}
