import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { settingsPage, settingsText } from '../../scripts/settings-page.ts';
import { choicesOf, formOf } from '../../src/resources/effective-settings/allowed.ts';
import { defaultOf, sections } from '../../src/resources/effective-settings/defaults.ts';
import { steers } from '../../src/resources/effective-settings/steers.ts';

const source = new URL('../../src/', import.meta.url);
const own = 'resources/effective-settings/';

/** The program's own texts, without the settings themselves. */
const texts = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith(own))
  .map((path) => readFileSync(new URL(path, source), 'utf8'));

test('docs/settings.md is up to date', () => {
  const update = 'run "bin/openpunch --exec node scripts/settings-page.ts"';
  assert.equal(readFileSync(settingsPage, 'utf8'), settingsText(), update);
});

test('every setting that the program reads is described in effective-settings/steers.ts', () => {
  const read = texts.flatMap((text) =>
    [...text.matchAll(/\(\s*(?:\w+, )?'([a-z_]+)',\s*'([a-z_]+)'/g)].map(([, section, key]) => `${section}.${key}`),
  );
  const known = read.filter((name) => defaultOf(...(name.split('.') as [string, string])) !== undefined);
  assert.ok(known.length > 5);
  assert.deepEqual(
    [...new Set(known)].filter((name) => !(name in steers)),
    [],
  );
});

test('every setting that is said to steer something exists, and its key is named by the program', () => {
  for (const name of Object.keys(steers)) {
    const [section = '', key = ''] = name.split('.');
    assert.notEqual(defaultOf(section, key), undefined, name);
    assert.ok(
      texts.some((text) => text.includes(`'${key}'`)),
      `nothing reads ${name}`,
    );
  }
});

test('every default is a value that its setting may have', () => {
  for (const [section, { values, untilSet = {} }] of Object.entries(sections)) {
    for (const [key, value] of Object.entries({ ...values, ...untilSet })) {
      const choices = choicesOf(section, key);
      assert.ok(choices === undefined || choices.includes(value), `${section}.${key}`);
      assert.ok(formOf(section, key)?.fits(value) !== false, `${section}.${key}`);
    }
  }
});
