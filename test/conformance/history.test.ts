import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { sql } from '../../src/store/sql.ts';
import { rowsIn } from '../support/rows.ts';
import { itemsOf, sampleOf } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import { forEach, offering, sharedWorld } from './battery.ts';

const { world } = sharedWorld();

interface Entry {
  actor: string | null;
  via: string | null;
  request: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

async function historyOf(stage: Stage, { table }: Definition, id: unknown): Promise<Entry[]> {
  const rows = await stage.world.services.database.system.rows(sql`
    SELECT actor_user_id, via, request_id, before, after FROM history
    WHERE company_id = ${stage.company.id} AND resource = ${table} AND row_id = ${Number(id)} ORDER BY id`);
  const parsed = (cell: string | null | undefined): Entry['before'] =>
    cell === null || cell === undefined ? null : (JSON.parse(cell) as Record<string, unknown>);
  return rows.map(([actor = null, via = null, request = null, before, after]) => ({
    actor,
    via,
    request,
    before: parsed(before),
    after: parsed(after),
  }));
}

/** Values that must never be kept readable. */
const secrets: Readonly<Record<string, string>> = { login_pin: '7391846205', password: 'correct horse 4 battery' };

const recorded = offering('create').filter((definition) => sampleOf(definition).keepsNoHistory !== true);

forEach(recorded, world, (definition, stage) => {
  const { name } = definition;
  const { change, mark } = sampleOf(definition);

  test('a new row is in the history with its maker, its door and its request', async () => {
    const [item] = await itemsOf(stage(), definition, 1);
    const answer = await stage().admin.post(`/${name}`, [item]);
    const [made] = rowsIn(answer, name);
    const [entry, ...more] = await historyOf(stage(), definition, made?.id);
    assert.deepEqual(
      [entry?.actor, entry?.via, entry?.before, more.length],
      [String(stage().admin.userId), 'tsheets-rest', null, 0],
    );
    assert.equal(entry?.request, answer.headers.get('x-request-id'));
    assert.equal(String(entry?.after?.[mark]), String(made?.[mark]));
  });

  if (change !== undefined) {
    test('a change is in the history with the row before and after it', async () => {
      const [item] = await itemsOf(stage(), definition, 1);
      const [made] = rowsIn(await stage().admin.post(`/${name}`, [item]), name);
      const changes = change(stage());
      await stage().admin.put(`/${name}`, [{ id: made?.id, ...changes }]);
      await stage().admin.put(`/${name}`, [{ id: made?.id, ...changes }]);
      const entries = await historyOf(stage(), definition, made?.id);
      assert.equal(entries.length, 2, 'a change that changes nothing leaves no trace');
      const [, entry] = entries;
      const [property = ''] = Object.keys(changes);
      assert.deepEqual([entry?.actor, entry?.via], [String(stage().admin.userId), 'tsheets-rest']);
      assert.deepEqual([entry?.before?.[property], entry?.after?.[property]], [made?.[property], changes[property]]);
    });
  }

  if (definition.verbs.has('remove')) {
    test('a removal is in the history with the row as it was', async () => {
      const [item] = await itemsOf(stage(), definition, 1);
      const [made] = rowsIn(await stage().admin.post(`/${name}`, [item]), name);
      await stage().admin.delete(`/${name}`, [Number(made?.id)]);
      const entry = (await historyOf(stage(), definition, made?.id)).at(-1);
      assert.deepEqual([entry?.actor, entry?.via], [String(stage().admin.userId), 'tsheets-rest']);
      assert.equal(String(entry?.before?.[mark]), String(made?.[mark]));
      // What is archived stays as a row that is not active; what is gone has nothing behind it.
      assert.ok(entry?.after === null || entry?.after?.active === false);
    });
  }

  test('no secret is in the history, nor in any table but as a hash', async () => {
    const given = Object.entries(secrets).filter(([property]) => definition.fields[property]?.type === 'secret');
    if (given.length === 0) return;
    const [own] = rowsIn(
      await stage().admin.put(`/${name}`, [{ id: stage().admin.userId, ...Object.fromEntries(given) }]),
      name,
    );
    assert.equal(own?._status_code, 200, JSON.stringify(own));
    for (const table of ['history', 'users', 'credentials']) {
      const rows = await stage().world.services.database.system.rows({
        ...sql`SELECT t::text FROM history t WHERE company_id = ${stage().company.id}`,
        text: `SELECT t::text FROM ${table} t WHERE company_id = $1`,
        values: [stage().company.id],
      } as never);
      for (const [text] of rows)
        for (const [, secret] of given) assert.ok(!text?.includes(secret), `${table}: ${text}`);
    }
  });
});
