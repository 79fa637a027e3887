import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Actor } from '../../src/engine/context.ts';
import type { Rule } from '../../src/engine/definition.ts';
import { permits, whereFor } from '../../src/engine/permissions.ts';
import { type Permission, permissionNames } from '../../src/rules/permissions.ts';
import { type Database, openDatabase } from '../../src/store/db.ts';
import { sql } from '../../src/store/sql.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let fresh: FreshDatabase;
let database: Database;

before(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ connection: fresh.connection, size: 1 });
});

after(async () => {
  await database.close();
  await fresh.drop();
});

const id = fc.integer({ min: 1, max: 4 });
const permission = fc.constantFrom<Permission>('admin', 'manage_users', 'reports', 'manage_timesheets');
const actors: fc.Arbitrary<Actor> = fc.record({
  companyId: fc.constant(1),
  userId: id,
  permissions: fc.uniqueArray(permission, { maxLength: 2 }).map((names) => new Set(names)),
  managedGroupIds: fc.uniqueArray(id, { maxLength: 2 }),
  managedUserIds: fc.uniqueArray(id, { maxLength: 2 }).map((ids) => new Set(ids)),
  projectIds: fc.uniqueArray(id, { maxLength: 2 }).map((ids) => new Set(ids)),
  colleagueIds: fc.uniqueArray(id, { maxLength: 2 }).map((ids) => new Set(ids)),
});

const { rule: rules } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Rule>('everyone'),
    fc.constant<Rule>('nobody'),
    permission.map((has): Rule => ({ has })),
    fc.constant<Rule>({ self: 'user_id' }),
    fc.constant<Rule>({ onlySelf: 'user_id' }),
    fc.constant<Rule>({ manages: 'user_id' }),
    fc.constant<Rule>({ managesGroup: 'group_id' }),
    fc.constant<Rule>({ memberOf: 'group_id' }),
    fc.constant<Rule>({ unset: 'group_id' }),
    fc.constant<Rule>({ colleague: 'user_id' }),
    fc.constant<Rule>({ isFalse: 'draft' }),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any): Rule => ({ any })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all): Rule => ({ all })),
  ),
}));

const row = fc.record({
  user_id: fc.option(id, { nil: null }),
  group_id: fc.option(id, { nil: null }),
  draft: fc.option(fc.boolean(), { nil: null }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 6 });

test('both readers of a permission rule agree about every row', async () => {
  await fc.assert(
    fc.asyncProperty(rules, actors, rows, async (rule, actor, table) => {
      const decided = table.map((row) => permits(rule, actor, (column) => row[column as keyof typeof row]));
      const selected = await database.system.rows(sql`
        SELECT t.ord FROM unnest(${table.map((row) => row.user_id)}::int[], ${table.map((row) => row.group_id)}::int[],
          ${table.map((row) => row.draft)}::boolean[]) WITH ORDINALITY AS t(user_id, group_id, draft, ord) WHERE ${whereFor(rule, actor)} ORDER BY t.ord`);
      const expected = decided.flatMap((allowed, index) => (allowed ? [String(index + 1)] : []));
      assert.deepEqual(selected.flat(), expected);
    }),
    { numRuns: 300 },
  );
});

test('the permission catalogue names each permission once', () => {
  assert.equal(new Set(permissionNames).size, permissionNames.length);
});
