import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { listAll, makeRows, sampleOf } from '../support/samples.ts';
import type { Stage } from '../support/stage.ts';
import type { Person } from '../support/world.ts';
import { definitions, forEach, sharedWorld } from './battery.ts';
import { permissionTable, type Role, roles, type Subject } from './permission-table.ts';

const { world } = sharedWorld();
const subjects: readonly Subject[] = ['own', 'member', 'other'];

/** The people of one test: who asks, and whose rows they are. */
interface Cast extends Record<Subject, Person> {
  group: number;
}

async function castFor(stage: Stage, role: Role, oneEach = false): Promise<Cast> {
  const asker = await stage.company.person({ permissions: roles[role] });
  const group = await stage.company.group(role === 'group manager' ? [asker] : [stage.worker]);
  const member = await stage.company.person({ groupId: group });
  return { own: asker, member, other: oneEach ? await stage.company.person() : stage.worker, group };
}

/** An item that belongs to one of the cast, where items belong to somebody. */
async function itemOf(stage: Stage, definition: Definition, cast: Cast, subject: Subject): Promise<Row> {
  const { item: make, itemFor } = sampleOf(definition);
  if (itemFor !== undefined) return itemFor(stage, cast[subject].userId);
  const item = (await make?.(stage)) ?? {};
  if (definition.name === 'users') return subject === 'member' ? { ...item, group_id: cast.group } : item;
  if (definition.name === 'schedule_events') return { ...item, assigned_user_ids: [cast[subject].userId] };
  return 'user_id' in definition.fields ? { ...item, user_id: cast[subject].userId } : item;
}

/** A stored row of one of the cast, made by the admin. */
async function rowOf(stage: Stage, definition: Definition, cast: Cast, subject: Subject): Promise<number> {
  if (definition.name === 'users') return cast[subject].userId;
  const { makeFor } = sampleOf(definition);
  if (makeFor !== undefined) return makeFor(stage, cast[subject]);
  const deleted = definition.name === 'timesheets_deleted';
  const source = deleted ? definitions.find(({ name }) => name === 'timesheets') : definition;
  assert.ok(source);
  const answer = await stage.admin.post(`/${source.name}`, [await itemOf(stage, source, cast, subject)]);
  const [made] = rowsIn(answer, source.name);
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  if (deleted) await stage.admin.delete('/timesheets', [Number(made?.id)]);
  return Number(made?.id);
}

const refused = (row: Row | undefined): boolean =>
  [400, 417, 404, 403].includes(Number(row?._status_code)) && !String(row?._status_extra).startsWith('Invalid params');

function tests(definition: Definition, stage: () => Stage): void {
  const { name, verbs } = definition;
  const table = permissionTable[name];
  if (table === undefined) {
    test(`${name} is described in test/conformance/permission-table.ts`, () => assert.fail('add it there'));
    return;
  }
  for (const role of Object.keys(roles) as Role[]) {
    const expected = table[role];
    const { oneEach } = sampleOf(definition);
    let cast: Cast | undefined;
    const people = (): Cast => cast ?? assert.fail('the cast is missing');
    const gather = async (): Promise<void> => {
      if (cast === undefined || oneEach) cast = await castFor(stage(), role, oneEach);
    };

    test(`${role}: sees the rows of ${expected.view.join(', ') || 'nobody'}`, async () => {
      await gather();
      for (const subject of subjects) {
        const id = await rowOf(stage(), definition, people(), subject);
        const asked = await people().own.get(`/${name}`, {
          ...sampleOf(definition).all(stage()),
          modified_since: '2020-01-01',
        });
        const seen = rowsIn(asked, name).some((row) => Number(row.id) === id);
        assert.equal(seen, expected.view.includes(subject), `${subject} row of ${name}: ${asked.text.slice(0, 300)}`);
      }
    });

    if (verbs.has('create')) {
      test(`${role}: creates for ${expected.create.join(', ') || 'nobody'}`, async () => {
        await gather();
        for (const subject of subjects) {
          // Nobody makes himself: an own user is a new one like any other.
          if (name === 'users' && subject === 'own') continue;
          const item = await itemOf(stage(), definition, people(), subject);
          const [made] = rowsIn(await people().own.post(`/${name}`, [item]), name);
          const allowed = expected.create.includes(subject);
          assert.equal(made?._status_code === 200, allowed, `${subject}: ${JSON.stringify(made)}`);
          assert.ok(allowed || refused(made), JSON.stringify(made));
        }
      });
    }

    if (verbs.has('update')) {
      test(`${role}: changes the rows of ${expected.update.join(', ') || 'nobody'}`, async () => {
        await gather();
        for (const subject of subjects) {
          const id = await rowOf(stage(), definition, people(), subject);
          // What is personal is read by its owner, everything else by the admin.
          const { view } = definition.allow;
          const personal = typeof view === 'object' && 'onlySelf' in view;
          const reader = personal ? { ...stage(), admin: people()[subject] } : stage();
          const stored = async (): Promise<string> =>
            JSON.stringify(
              (await listAll(reader, definition, { modified_since: '2020-01-01' })).find((row) => row.id === id),
            );
          const before = await stored();
          const change = {
            id,
            ...sampleOf(definition).change?.(stage()),
            ...(name === 'timesheets' ? { end: '2025-01-01T00:00:00+00:00', start: '2024-12-31T23:59:00+00:00' } : {}),
          };
          const [made] = rowsIn(await people().own.put(`/${name}`, [change]), name);
          const allowed = expected.update.includes(subject);
          assert.equal(made?._status_code === 200, allowed, `${subject}: ${JSON.stringify(made)}`);
          assert.ok(allowed || refused(made), JSON.stringify(made));
          assert.equal((await stored()) !== before, allowed, `${subject}: stored`);
          if (name === 'timesheets') await stage().admin.delete('/timesheets', [id]);
        }
      });
    }

    if (verbs.has('remove')) {
      test(`${role}: removes the rows of ${expected.remove.join(', ') || 'nobody'}`, async () => {
        await gather();
        for (const subject of subjects) {
          const id = await rowOf(stage(), definition, people(), subject);
          const [made] = rowsIn(await people().own.delete(`/${name}`, [id]), name);
          const allowed = expected.remove.includes(subject);
          assert.equal(made?._status_code === 200, allowed, `${subject}: ${JSON.stringify(made)}`);
          assert.ok(allowed || refused(made), JSON.stringify(made));
        }
      });
    }
  }

  test('supplemental data shows a plain employee no other person', async () => {
    const { own } = await castFor(stage(), 'plain employee');
    const managed = await stage().company.group([stage().worker]);
    assert.ok(managed > 0);
    await makeRows(stage(), definition, 2);
    const answer = await own.get(`/${name}`, sampleOf(definition).all(stage()));
    const people = Object.keys(answer.body.supplemental_data?.users ?? {}).map(Number);
    assert.deepEqual(
      people.filter((id) => id !== own.userId),
      [],
    );
  });
}

forEach(definitions, world, tests);
