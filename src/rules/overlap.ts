import { DomainError } from '../lib/errors.ts';
import { isoLocal } from '../lib/time.ts';
import { occupied, overlaps, type Sheet, type SheetCandidate } from './ranges.ts';

/**
 * The timesheet among `others` (of the same user, regular) whose time the candidate would take, the earliest when there are
 * several; undefined when there is none. The candidate itself, by id, does not count. Two open ones are `singleOpen`'s case
 * and are judged here by what they occupy up to `now` only.
 */
export function findOverlap<S extends Sheet>(
  candidate: SheetCandidate,
  others: Iterable<S>,
  now: number,
): S | undefined {
  const mine = occupied(candidate, now);
  let found: S | undefined;
  for (const other of others) {
    if (other.id === candidate.id || !overlaps(mine, occupied(other, now))) continue;
    if (found === undefined || other.start < found.start || (other.start === found.start && other.id < found.id)) {
      found = other;
    }
  }
  return found;
}

/** Refuses a second open timesheet of a user: 'conflict', code 'already-open', naming the open one and since when. */
export function singleOpen(candidate: SheetCandidate, others: Iterable<Sheet>): DomainError | undefined {
  if (candidate.end !== null) return undefined;
  for (const other of others) {
    if (other.end !== null || other.id === candidate.id) continue;
    const since = isoLocal(other.start, other.offset ?? 0);
    return new DomainError('conflict', `Already on the clock: timesheet ${other.id} is open since ${since}.`, {
      code: 'already-open',
    });
  }
  return undefined;
}

/** The refusal for a found overlap: 'conflict', code 'overlap', naming the other and its times. */
export function overlapRefusal(other: Sheet): DomainError {
  const from = isoLocal(other.start, other.offset ?? 0);
  const to = other.end === null ? 'now' : isoLocal(other.end, other.endOffset ?? other.offset ?? 0);
  return new DomainError('conflict', `Overlaps timesheet ${other.id} (${from} to ${to}).`, { code: 'overlap' });
}

/** Both rules in the order that gives the better message: `singleOpen`, then `findOverlap`. */
export function checkOverlap(
  candidate: SheetCandidate,
  others: readonly Sheet[],
  now: number,
): DomainError | undefined {
  const open = singleOpen(candidate, others);
  if (open !== undefined) return open;
  const other = findOverlap(candidate, others, now);
  return other && overlapRefusal(other);
}
