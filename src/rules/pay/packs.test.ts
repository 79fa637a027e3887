import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DomainError } from '../../lib/errors.ts';
import { epochDays } from '../../lib/time.ts';
import { packRules, packs } from './packs.ts';
import { type RuleSet, ruleSetOf } from './rule-set.ts';

const base = ruleSetOf({
  week_start: 'monday',
  daily: [{ after: 25_200, multiplier: 3 }],
  pto_counts: true,
  automatic_break: { after: 32_400, deduct: 3600 },
});
const weekly = [{ after: 144_000, multiplier: 1.5 }];
const federal: RuleSet = { ...base, weekly, daily: [] };

test('a pack gives the law in force on a day, and leaves to the company what the law leaves open', () => {
  const california: RuleSet = {
    ...base,
    overnight: 'split',
    weekly,
    daily: [
      { after: 28_800, multiplier: 1.5 },
      { after: 43_200, multiplier: 2 },
    ],
    seventh_day: [
      { after: 0, multiplier: 1.5 },
      { after: 28_800, multiplier: 2 },
    ],
  };
  const twelve = [{ after: 43_200, multiplier: 1.5 }];
  const cases: [string, string, RuleSet][] = [
    ['us-federal', '2026-11-22', federal],
    ['us-federal', '1940-10-23', federal],
    ['california', '1999-12-31', federal],
    ['california', '2000-01-01', california],
    ['california', '2026-11-22', california],
    ['colorado', '2020-03-15', federal],
    ['colorado', '2020-03-16', { ...base, weekly, daily: twelve, consecutive: twelve }],
    ['none', '2026-11-22', { ...base, daily: [] }],
  ];
  for (const [id, day, rules] of cases) assert.deepEqual(packRules(id, epochDays(day), base), rules, `${id} ${day}`);
  assert.equal(
    packRules('california', 20_000, base),
    packRules('california', 20_001, base),
    'one value, not one a day',
  );
});

test('every pack is whole: ids, sources, versions in order, rules that are valid', () => {
  assert.equal(new Set(packs.map((pack) => pack.id)).size, packs.length);
  for (const pack of packs) {
    assert.ok(pack.name !== '' && pack.source !== '' && pack.versions.length > 0, pack.id);
    assert.deepEqual(
      pack.versions.map((version) => version.effective),
      pack.versions.map((version) => version.effective).sort(),
    );
    for (const version of pack.versions) assert.doesNotThrow(() => ruleSetOf(version.rules));
  }
});

test('a pack that there is not is refused with the ones there are', () => {
  assert.throws(
    () => packRules('texas', 20_000, base),
    (error) =>
      error instanceof DomainError && error.field === 'pack' && /texas; there are us-federal/.test(error.detail),
  );
});
