import { unpaidSeconds } from './breaks.ts';
import { DayBook } from './day-book.ts';
import { placed } from './placing.ts';
import type { PayPerson, PaySegment, PaySheet } from './time.ts';

/**
 * Gives `emit` the time of one person on the workdays from `from` to `to` (days since 1970-01-01), in order, cut where its pay
 * changes. `sheets` are all closed timesheets that `datesNeeded` asks for, in any order: those before `from` are counted
 * towards the thresholds of their week.
 */
export function classify(
  sheets: readonly PaySheet[],
  person: PayPerson,
  range: { readonly from: number; readonly to: number },
  emit: (segment: PaySegment) => void,
): void {
  const pieces = placed(sheets, person);
  const book = new DayBook(person, emit);
  for (let from = 0, to = 0; from < pieces.length; from = to) {
    const day = pieces[from]?.day ?? 0;
    if (day > range.to) return;
    for (to = from + 1; pieces[to]?.day === day; ) to += 1;
    const rules = person.rulesOn(day);
    book.startDay(day, rules, rules.automatic_break === null ? 0 : unpaidSeconds(pieces, from, to), day >= range.from);
    for (let at = from; at < to; at += 1) {
      const piece = pieces[at];
      if (piece !== undefined) book.add(piece);
    }
  }
}
