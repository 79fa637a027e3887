import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../lib/errors.ts';
import { checkFieldValues, type FieldDefinition, type FieldFacts } from './customfield-values.ts';

const field = (id: number, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id,
  name: `F${id}`,
  type: 'free-form',
  required: false,
  regexFilter: '',
  active: true,
  showToAll: true,
  filtered: false,
  items: new Map(),
  ...more,
});
const list = field(3, {
  type: 'managed-list',
  items: new Map([
    ['item 1', { id: 31, name: 'Item 1', active: true }],
    ['old item', { id: 32, name: 'Old Item', active: false }],
  ]),
});
const DEFINITIONS = [
  field(19142),
  list,
  field(4, { regexFilter: '^\\d{4}$' }),
  field(5, { active: false }),
  field(6, { regexFilter: '(?=a)a' }),
];
const facts = (more: Partial<FieldFacts> = {}, extra: FieldDefinition[] = []): FieldFacts => ({
  fields: new Map([...DEFINITIONS, ...extra].map((f) => [f.id, f])),
  enforceRequired: true,
  ...more,
});

test('values', () => {
  const stored = new Map([
    [3, 'Old Item'],
    [5, 'kept'],
  ]);
  const cases: [Record<string, unknown>, [number, string][] | RegExp, Partial<FieldFacts>?][] = [
    [{}, []],
    [
      { '19142': 'x', '3': 'ITEM 1' },
      [
        [3, 'Item 1'],
        [19142, 'x'],
      ],
    ],
    [{ '19142': 12.5 }, [[19142, '12.5']]],
    [{ '19142': '  padded ' }, [[19142, 'padded']]],
    [
      { '19142': '', '3': null, '4': '' },
      [
        [3, ''],
        [4, ''],
        [19142, ''],
      ],
    ],
    [{ '19142': 'x'.repeat(255) }, [[19142, 'x'.repeat(255)]]],
    [{ '19142': 'x'.repeat(256) }, /19142 \(F19142\) may not be longer than 255/],
    [{ '19142': 'a\u0000b' }, /19142 .* not a valid text/],
    [{ '19142': '\ud800' }, /19142 .* not a valid text/],
    [{ '19142': ['x'] }, /19142 .* must be a text/],
    [{ '19142': true }, /19142 .* must be a text/],
    [{ '99': 'x' }, /There is no custom field "99"\./],
    [{ x: 'x' }, /There is no custom field "x"\./],
    [{ '3.0': 'x' }, /There is no custom field "3.0"\./],
    [{ '3': 'Item 2' }, /"Item 2" is not an item of custom field 3 \(F3\)\./],
    [{ '3': 'old item' }, /Item 32 .* is not active/],
    [{ '3': 'Old Item' }, [[3, 'Old Item']], { stored }],
    [{ '4': 1234 }, [[4, '1234']]],
    [{ '4': '12345' }, /custom field 4 \(F4\) does not match its filter/],
    [{ '5': 'x' }, /custom field 5 \(F5\) is not active/],
    [{ '5': '' }, /custom field 5 \(F5\) is not active/],
    [{ '5': 'kept' }, [[5, 'kept']], { stored }],
    [{ '6': 'a'.repeat(50) }, /filter of custom field 6 \(F6\) is not a usable/],
    [{ '6': '' }, [[6, '']]],
  ];
  for (const [sent, expected, more] of cases) {
    const result = checkFieldValues(sent, facts(more));
    const title = JSON.stringify(sent).slice(0, 60);
    if (expected instanceof RegExp) {
      assert.ok(result instanceof DomainError, title);
      assert.match(result.detail, expected);
      assert.deepEqual([result.kind, result.field], ['invalid', 'customfields']);
    } else {
      assert.deepEqual(result, { values: expected }, title);
    }
  }
});

test('required fields', () => {
  const required = field(7, { required: true });
  const filtered = field(8, { required: true, showToAll: false });
  const archived = field(9, { required: true, active: false });
  const cases: [string, Record<string, unknown>, Partial<FieldFacts>, missing: number | undefined][] = [
    ['given', { '7': 'x' }, {}, undefined],
    ['absent', {}, {}, 7],
    ['empty', { '7': ' ' }, {}, 7],
    ['clocking in', {}, { enforceRequired: false }, undefined],
    ['stored', {}, { stored: new Map([[7, 'x']]) }, undefined],
    ['stored, cleared', { '7': '' }, { stored: new Map([[7, 'x']]) }, 7],
    ['applies to this jobcode', { '7': 'x' }, { shownIds: new Set([8]) }, 8],
    ['applies and given', { '7': 'x', '8': 'y' }, { shownIds: new Set([8]) }, undefined],
  ];
  for (const [title, sent, more, missing] of cases) {
    const result = checkFieldValues(sent, facts(more, [required, filtered, archived]));
    const detail = result instanceof DomainError ? result.detail : undefined;
    assert.equal(detail, missing && `The custom field ${missing} (F${missing}) is required.`, title);
  }
});
