import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTerms, readTerms } from './terms.ts';

test('what the fields of availability say', () => {
  const cases: [fields: Record<string, unknown>, terms: unknown][] = [
    [{}, {}],
    [{ mode: 'mutual' }, { mode: 'mutual' }],
    [{ length: '90 minutes' }, { length: 5_400 }],
    [{ length: null }, { length: null }],
    [{ length: undefined, mode: null, buffer: null, constraints: null }, {}],
    [
      { from: 'tomorrow', to: '2 weeks' },
      { from: 'tomorrow', to: '2 weeks' },
    ],
    [{ buffer: '0 minutes' }, { buffer: 0 }],
    [{ timeslot_increments: '15 min' }, { step: 900 }],
    [{ round_to_nearest_hour: true }, { grid: 3_600 }],
    [{ round_to_nearest_hour: 'false' }, {}],
    [{ closest_time_interval: '30 minutes', round_to_nearest_hour: true }, { grid: 1_800 }],
    [{ ignore_all_day_events: 0 }, { ignoreAllDay: false }],
    [{ output_timezone: 'europe/oslo' }, { outputZone: 'Europe/Oslo' }],
    [{ output_timezone: 'Europe/Kiev' }, { outputZone: 'Europe/Kiev' }],
    [{ constraints: [] }, { constraints: [] }],
    [{ resources: ['x'], colour: 'blue' }, {}],
  ];
  for (const [fields, terms] of cases)
    assert.deepEqual(readTerms(fields), { terms, errors: {} }, JSON.stringify(fields));
});

test('terms that are stored must be understood without a client', () => {
  const cases: [fields: Record<string, unknown>, errors: string[]][] = [
    [{ from: 'now', to: '2026-12-24' }, []],
    [{ from: '2026-12-08T10:00:00Z', to: '2026-12-08 12:00' }, []],
    [{ from: '08.12.2026', to: 'later' }, ['from', 'to']],
    [{ from: 7, length: 'x', mode: 'x' }, ['from', 'length', 'mode']],
    [{ constraints: [{ x: 1 }] }, ['constraints']],
  ];
  for (const [fields, errors] of cases)
    assert.deepEqual(Object.keys(checkTerms(fields)).sort(), errors, JSON.stringify(fields));
});
