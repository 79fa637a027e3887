import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { epochDays, isoLocal, offsetMinutes, parseInstant } from '../../lib/time.ts';
import { allowedTimes } from './allowed.ts';
import { readConstraints } from './constraints.ts';

/*
 * Lists of all kinds of constraints, judged once more in the plainest way: for one moment after the other, by the words of the
 * reference. The weeks are those in which clocks change.
 */

type Entry = Readonly<Record<string, Readonly<Record<string, string>>>>;

const at = (text: string, zone: string): number => parseInstant(text, zone) ?? Number.NaN;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const quarter = 15 * 60;

const clock = (n: number): string =>
  `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`;
const hours = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 60 }))
  .map(([first, n]) => ({ start: clock(first), end: clock(Math.min(96, first + n)) }));
const day = fc.constantFrom(...weekdays);
const week = fc.record({
  zone: fc.constantFrom('America/New_York', 'Europe/Oslo', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Africa/Cairo'),
  from: fc.constantFrom(
    '2026-03-28',
    '2026-04-04',
    '2026-04-23',
    '2026-10-03',
    '2026-10-24',
    '2026-10-31',
    '2027-03-13',
  ),
});
/** Whole days from the beginning, and quarters of an hour: a date means its midnight. */
const moment = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 95 }), fc.boolean());

function entriesOf(from: string): fc.Arbitrary<Entry> {
  const text = ([days, n, bare]: readonly [number, number, boolean]): string => {
    const date = new Date((epochDays(from) + days) * 86_400_000).toISOString().slice(0, 10);
    return bare ? date : `${date}T${clock(n)}:00+00:00`;
  };
  const period = fc.tuple(moment, moment).map(([a, b]) => ({ start: text(a), end: text([b[0] + 4, b[1], b[2]]) }));
  const bodies = fc.oneof(
    day.map((name) => ({ day: { day: name } })),
    hours.map((part) => ({ hours: part })),
    fc.tuple(day, hours).map(([name, part]) => ({ day_and_time: { day: name, ...part } })),
    period.map((times) => ({ period: times })),
    fc.constantFrom({ weekdays: {} }, { weekends: {} }),
  ) as fc.Arbitrary<Entry>;
  return fc.tuple(bodies, fc.boolean()).map(([body, allows]) => {
    const [[kind = '', value = {}] = []] = Object.entries(body);
    return { [`${allows ? 'allow' : 'block'}_${kind}`]: value };
  });
}

/** Whether what an entry names holds the moment. */
function names(kind: string, value: Readonly<Record<string, string>>, epoch: number, zone: string): boolean {
  const local = isoLocal(epoch, offsetMinutes(zone, epoch));
  const [name, wall] = [weekdays[new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay()] ?? '', local.slice(11, 16)];
  const { start = '', end = '' } = value;
  const within = start <= wall && wall < end;
  const instant = (text: string): number => at(text.length === 10 ? `${text}T00:00` : text, zone);
  switch (kind) {
    case 'day':
      return value.day === name;
    case 'hours':
      return within;
    case 'day_and_time':
      return value.day === name && within;
    case 'period':
      return instant(start) <= epoch && epoch < instant(end);
    default:
      return /^s(atur|un)day$/.test(name) === (kind === 'weekends');
  }
}

function lets(list: readonly Entry[], epoch: number, zone: string): boolean {
  const said = list.map((entry) => {
    const [[key = '', value = {}] = []] = Object.entries(entry);
    const [, verb, kind = ''] = /^(allow|block)_(.*)$/.exec(key) ?? [];
    return { verb, ofHours: kind === 'hours', holds: names(kind, value, epoch, zone) };
  });
  const allows = said.filter(({ verb }) => verb === 'allow');
  const some = (all: typeof said): boolean => all.length === 0 || all.some(({ holds }) => holds);
  return (
    !said.some(({ verb, holds }) => verb === 'block' && holds) &&
    some(allows.filter(({ ofHours }) => ofHours)) &&
    some(allows.filter(({ ofHours }) => !ofHours))
  );
}

test('what lists of all kinds of constraints let through, one moment after the other', () => {
  const cases = week.chain(({ zone, from }) =>
    fc.tuple(fc.constant(zone), fc.constant(from), fc.array(entriesOf(from), { maxLength: 5 })),
  );
  fc.assert(
    fc.property(cases, ([zone, from, list]) => {
      const search = {
        start: at(`${from}T00:00:00+00:00`, zone),
        end: at(`${from}T00:00:00+00:00`, zone) + 3 * 86_400,
      };
      const { constraints, refusals } = readConstraints(list);
      assert.deepEqual(refusals, []);
      const times = allowedTimes(constraints, zone, search);
      for (let epoch = search.start; epoch < search.end; epoch += quarter) {
        const found = times.some(({ start, end }) => start <= epoch && epoch < end);
        assert.equal(found, lets(list, epoch, zone), `${isoLocal(epoch, offsetMinutes(zone, epoch))}`);
      }
    }),
    { numRuns: 150 },
  );
});
