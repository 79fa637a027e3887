import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { openWorld, type World } from '../support/world.ts';
import { idsIn, rowsOf } from './users-support.ts';

let world: World;

before(async () => {
  world = await openWorld({ shared: true });
});
after(() => world.close());

test('every filter', async () => {
  const place = await world.company();
  const { admin } = place;
  const [red, blue] = [await place.group(), await place.group()];
  const made = await admin.post('/users', [
    {
      username: 'Smith.J',
      first_name: 'Joan',
      last_name: 'Smith',
      group_id: red,
      employee_number: 11,
      payroll_id: 'P1',
    },
    { username: 'smet', first_name: 'Jo', last_name: 'Smet', group_id: blue, employee_number: '12', payroll_id: 'P2' },
    { username: 'under', first_name: 'J_an', last_name: 'A%B' },
    { username: 'gone', first_name: 'Gone', last_name: 'Smithers', active: false },
  ]);
  const [joan = 0, jo = 0, under = 0, gone = 0] = idsIn(made, 'users');
  const present = [admin.userId, joan, jo, under];
  const cases: [Record<string, string | number>, number[]][] = [
    [{}, present],
    [{ ids: `${joan}, ${gone}` }, [joan]],
    [{ 'ids[0]': joan, 'ids[1]': jo }, [joan, jo]],
    [{ not_ids: `${joan},${jo}` }, [admin.userId, under]],
    [{ employee_numbers: '11,12' }, [joan, jo]],
    [{ employee_numbers: 99 }, []],
    [{ usernames: 'SMITH.J,smet' }, [joan, jo]],
    [{ usernames: 'smi' }, []],
    [{ group_ids: `${red}` }, [joan]],
    [{ group_ids: `0,${blue}` }, [admin.userId, jo, under]],
    [{ not_group_ids: red }, [admin.userId, jo, under]],
    [{ not_group_ids: `0,${red}` }, [jo]],
    [{ payroll_ids: 'P1,P3' }, [joan]],
    [{ payroll_ids: 'p1' }, []],
    [{ active: 'no' }, [gone]],
    [{ active: 'both' }, [...present, gone]],
    [{ active: 'TRUE' }, present],
    [{ last_name: 'sm*' }, [joan, jo]],
    [{ last_name: 'sm*', active: 'both' }, [joan, jo, gone]],
    [{ last_name: '*th' }, [joan]],
    [{ last_name: 'mith' }, []],
    [{ last_name: 'A%B' }, [under]],
    [{ last_name: '%' }, []],
    [{ first_name: 'j*n' }, [joan, under]],
    [{ first_name: 'J_an' }, [under]],
    [{ first_name: 'jo', last_name: 's*' }, [jo]],
    [{ modified_since: '2020-01-01T00:00:00-07:00', usernames: 'smet' }, [jo]],
    [{ modified_before: '2020-01-01T00:00:00+00:00' }, []],
    [{ modified_since: '2099-01-01' }, []],
    [{ unknown: 'x', page: 0 }, present],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(idsIn(await admin.get('/users', query), 'users'), expected, JSON.stringify(query));
  }
  const refused: [Record<string, string>, RegExp][] = [
    [{ ids: 'x' }, /ids/],
    [{ not_ids: '1.5' }, /not_ids/],
    [{ employee_numbers: 'x' }, /employee_numbers/],
    [{ group_ids: '1;2' }, /group_ids/],
    [{ active: 'maybe' }, /active/],
    [{ modified_since: 'yesterday' }, /modified_since/],
    [{ modified_before: '2018-13-01T00:00:00+00:00' }, /modified_before/],
    [{ supplemental_data: 'some' }, /supplemental_data/],
    [{ limit: '201' }, /limit/],
  ];
  for (const [query, message] of refused) {
    const { status, body } = await admin.get('/users', query);
    assert.equal(status, 417, JSON.stringify(query));
    assert.match(JSON.stringify(body.error), message);
  }
});

test('modified_since tells of a change, in the order of changes', async () => {
  const place = await world.company();
  const [first, second] = [await place.person(), await place.person()];
  const db = world.services.database.forCompany(place.id);
  const [row] = await db.rows(sql`SELECT to_char(now() + interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')`);
  const since = String(row?.[0]);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await place.admin.put('/users', [{ id: second.userId, first_name: 'New' }]);
  await place.admin.put('/users', [{ id: first.userId, first_name: 'New' }]);
  assert.deepEqual(
    Object.values(rowsOf(await place.admin.get('/users', { modified_since: since }), 'users'))
      .map(({ username }) => username)
      .sort(),
    [first.username, second.username].sort(),
  );
  const before = idsIn(await place.admin.get('/users', { modified_before: since }), 'users');
  assert.deepEqual(before, [place.admin.userId]);
});

test('pages and supplemental data', async () => {
  const place = await world.company();
  const chief = await place.person();
  const group = await place.group([chief]);
  const member = await place.person({ groupId: group });
  const one = await place.admin.get('/users', { limit: 2 });
  assert.equal(one.body.more as unknown, true);
  const two = await place.admin.get('/users', { limit: 2, page: 2 });
  assert.deepEqual([...idsIn(one, 'users'), ...idsIn(two, 'users')], [place.admin.userId, chief.userId, member.userId]);
  assert.equal(two.body.more as unknown, false);
  const answer = await place.admin.get('/users', { ids: member.userId });
  assert.deepEqual(Object.keys(rowsOf(answer, 'groups', 'supplemental_data')), [String(group)]);
  const pto = Object.keys(itemless(answer, member.userId).pto_balances as object);
  assert.equal(pto.length, 3);
  assert.deepEqual(Object.keys(rowsOf(answer, 'jobcodes', 'supplemental_data')), pto);
  assert.deepEqual(itemless(await place.admin.get('/users'), chief.userId).manager_of_group_ids, [group]);
  assert.ok(!('supplemental_data' in (await place.admin.get('/users', { supplemental_data: 'no' })).body));
});

function itemless(answer: Parameters<typeof rowsOf>[0], id: number) {
  return rowsOf(answer, 'users')[id] ?? {};
}
