import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demand, entriesIn, formFields, jsonFields, textIn } from './fields.ts';

test('a form and the same as JSON say the same', () => {
  const form = formFields(
    'name=Angela+Martin&pin=0222&custom_fields[Phone Number]=(212)%20555-1234&custom_fields[A]=%26',
  );
  const json = jsonFields(
    JSON.stringify({ name: 'Angela Martin', pin: '0222', custom_fields: { 'Phone Number': '(212) 555-1234', A: '&' } }),
  );
  assert.deepEqual([...form], [...json]);
  assert.deepEqual(
    [...entriesIn(form, 'custom_fields')],
    [
      ['Phone Number', '(212) 555-1234'],
      ['A', '&'],
    ],
  );
  assert.deepEqual(
    [...jsonFields('{"a":1.5,"b":true,"c":null}')],
    [
      ['a', '1.5'],
      ['b', 'true'],
      ['c', ''],
    ],
  );
  assert.deepEqual(
    [...formFields('a=1&a=2&b')],
    [
      ['a', '2'],
      ['b', ''],
    ],
  );
});

test('what is blank is not given', () => {
  const fields = formFields('name=%20&title=+Boss+');
  assert.equal(textIn(fields, 'name'), undefined);
  assert.equal(textIn(fields, 'title'), 'Boss');
  assert.throws(() => demand(fields, 'name'), { kind: 'missing', detail: 'name is required' });
});

test('what can not be read is refused', () => {
  for (const text of [
    '{',
    '[]',
    '"a"',
    'null',
    '7',
    '{"a":[1]}',
    '{"a":{"b":{"c":1}}}',
    '{"a":"\\u0000"}',
    '{"\\ud800":1}',
  ])
    assert.throws(() => jsonFields(text), { kind: 'invalid' }, text);
  assert.throws(() => formFields('a=%00'), { kind: 'invalid' });
  assert.throws(() => formFields(Array.from({ length: 1_001 }, (_, n) => `f${n}=1`).join('&')), { kind: 'invalid' });
});
