import { DAY_SECONDS, dayOfEpochDays, twoDigits } from '../lib/days.ts';
import { localToEpoch, offsetMinutes } from '../lib/zones.ts';
import { weekdays } from './reminders.ts';

/** Seconds between the moments at which something can be due. */
export const dueGrid = 300;

/** A local time that falls due. */
export interface DueTime {
  /** 'hh:mm:ss', on the grid of five minutes. */
  readonly time: string;
  /** 'YYYY-MM-DD'. */
  readonly day: string;
  /** 'Mon' to 'Sun'. */
  readonly weekday: string;
}

/**
 * The local times of a zone that fall due after a moment and until another one (epoch seconds), in order. A time that the
 * clocks skip is due when they have skipped it; one that comes twice is due the first time only.
 */
export function dueTimes(zone: string, after: number, until: number): DueTime[] {
  const due: DueTime[] = [];
  const first = (Math.floor(after / dueGrid) + 1) * dueGrid;
  for (let moment = first; moment <= until; moment += dueGrid) {
    const before = localSeconds(zone, moment - dueGrid);
    const here = localSeconds(zone, moment);
    // Clocks that went forward show several times at once, clocks that went back show one that may have been before.
    for (let local = Math.min(before + dueGrid, here); local <= here; local += dueGrid) {
      const time = dueTime(local);
      if (local < here || localToEpoch(zone, `${time.day}T${time.time}`) === moment) due.push(time);
    }
  }
  return due;
}

/** What the clocks of a zone show, as seconds since 1970-01-01T00:00 of theirs. */
function localSeconds(zone: string, epochSeconds: number): number {
  return epochSeconds + offsetMinutes(zone, epochSeconds) * 60;
}

function dueTime(local: number): DueTime {
  const days = Math.floor(local / DAY_SECONDS);
  const minutes = Math.floor((local - days * DAY_SECONDS) / 60);
  return {
    time: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:00`,
    day: dayOfEpochDays(days),
    // 1970-01-01 was a Thursday.
    weekday: weekdays[(((days + 3) % 7) + 7) % 7] ?? '',
  };
}
