import { durationSeconds } from './durations.ts';

/** What a group lets its customers do, in seconds before it begins; undefined: at any time. */
export interface SeatTerms {
  /** Seats are taken at least so long before. */
  readonly latest?: number | undefined;
  /** Seats are taken at most so long before. */
  readonly earliest?: number | undefined;
  /** Customers cancel at least so long before. */
  readonly cancel?: number | undefined;
}

/** The settings that hold the terms. Reference: (c) Bookings, settings. */
export const termNames = ['min_booking_time', 'max_booking_time', 'min_cancel_time'] as const;

/** The terms in the settings of a group, which were checked when they were stored. */
export function seatTerms(settings: Readonly<Record<string, unknown>>): SeatTerms {
  const read = (name: (typeof termNames)[number]): number | undefined => durationSeconds(String(settings[name] ?? ''));
  return { latest: read('min_booking_time'), earliest: read('max_booking_time'), cancel: read('min_cancel_time') };
}

/** Why a seat of a group that begins at `start` can not be taken now; moments in epoch seconds. */
export function whyNotSeated({ latest, earliest }: SeatTerms, start: number, now: number): string | undefined {
  if (start <= now) return 'The group has begun.';
  if (latest !== undefined && start - now < latest) return 'It is too late to book this group.';
  if (earliest !== undefined && start - now > earliest) return 'It is too early to book this group.';
  return undefined;
}

/** Why a customer can not give his seat back now. */
export function whyNotLeft({ cancel }: SeatTerms, start: number, now: number): string | undefined {
  return cancel !== undefined && start - now < cancel ? 'It is too late to cancel.' : undefined;
}
