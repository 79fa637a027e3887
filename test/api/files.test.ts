import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '../../src/store/sql.ts';
import { dataUri, jpegOf, pngChunk, pngOf, pngOfSize } from '../support/images.ts';
import { type Row, rowsIn } from '../support/rows.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';
import { attach, fileOf, idsFor, upload } from './files-support.ts';

let world: World;
let company: Company;
let person: Person;

before(async () => {
  world = await openWorld({ now: Date.UTC(2026, 5, 15, 18) / 1000 });
  company = await world.company();
  person = await company.person({ permissions: ['manage_my_timesheets'] });
});
after(() => world.close());

const png = pngOf();
const plain = png.toString('base64');

async function post(item: Row): Promise<Row> {
  return rowsIn(await person.post('/files', [item]), 'files')[0] ?? {};
}

async function put(item: Row, by = person): Promise<Row> {
  return rowsIn(await by.put('/files', [item]), 'files')[0] ?? {};
}

describe('file_data and file_name that are accepted', () => {
  const cases: readonly [string, Row, Row][] = [
    ['a data URI', { file_data: dataUri(png) }, { file_name: 'a.png', size: png.length }],
    ['plain base64', { file_data: plain }, { file_name: 'a.png', size: png.length }],
    ['base64 in lines', { file_data: `\n${plain.replace(/.{20}/g, '$&\r\n')}\n` }, { size: png.length }],
    ['base64 without padding', { file_data: plain.replaceAll('=', '') }, { size: png.length }],
    ['a data URI without a type', { file_data: `data:;base64,${plain}` }, { size: png.length }],
    ['a data URI that claims nothing', { file_data: dataUri(png, 'application/octet-stream') }, { size: png.length }],
    ['a data URI with parameters, in capitals', { file_data: `DATA:IMAGE/PNG;name=a.png;BASE64,${plain}` }, {}],
    [
      'a JPEG under its other name',
      { file_data: dataUri(jpegOf(), 'image/jpg'), file_name: 'a.jpeg' },
      { file_name: 'a.jpeg' },
    ],
    ['a JPEG that is called PNG', { file_data: dataUri(jpegOf(), 'image/jpeg') }, { file_name: 'a.jpg' }],
    ['a path', { file_data: plain, file_name: '../../etc/cron.d/a.sh' }, { file_name: 'a.sh.png' }],
    ['no meta_data', { file_data: plain, meta_data: '' }, { meta_data: {} }],
    ['an empty list for meta_data', { file_data: plain, meta_data: [] }, { meta_data: {} }],
    [
      'a rotation as text',
      { file_data: plain, meta_data: { image_rotation: '270' } },
      { meta_data: { image_rotation: 270 } },
    ],
    [
      'a description that looks like a rotation',
      { file_data: plain, meta_data: { file_description: '"image_rotation":"90"', image_rotation: 90 } },
      { meta_data: { file_description: '"image_rotation":"90"', image_rotation: 90 } },
    ],
  ];
  for (const [what, item, expected] of cases) {
    test(what, async () => {
      const made = await post({ file_name: 'a.png', ...item });
      assert.equal(made._status_code, 200, JSON.stringify(made));
      for (const [property, value] of Object.entries(expected)) assert.deepEqual(made[property], value, property);
      assert.ok(!('file_data' in made));
    });
  }
});

describe('files that are refused, each with a sentence', () => {
  const cases: readonly [string, Row, RegExp][] = [
    ['no data', { file_data: undefined }, /^Missing required params: file_data$/],
    ['no name', { file_name: '' }, /^Missing required params: file_name$/],
    ['data that is no text', { file_data: { a: 1 } }, /^file_data must be a text$/],
    ['a name that is only a path', { file_name: '../..' }, /^file_name must hold the name of a file$/],
    ['a name that is too long', { file_name: `${'x'.repeat(300)}.png` }, /^file_name must not be longer than 255/],
    ['base64 of another alphabet', { file_data: 'iVBORw0KGgo-_' }, /^file_data is not valid base64$/],
    ['no base64 at all', { file_data: 'data:image/png;base64,?!' }, /not valid base64/],
    ['a data URI of another kind', { file_data: 'data:image/png,abc' }, /^file_data is a data URI that is not base64$/],
    ['a data URI without data', { file_data: 'data:image/png;base64,' }, /^file_data holds no bytes$/],
    [
      'a type that is not what it holds',
      { file_data: dataUri(jpegOf(), 'image/png') },
      /says that it is image\/png, but it holds image\/jpeg$/,
    ],
    ['a type that is no image', { file_data: dataUri(png, 'text/html') }, /says that it is text\/html/],
    ['a page', { file_data: dataUri(Buffer.from('<html>')) }, /^file_data is neither a PNG nor a JPEG image$/],
    ['a PNG that is cut off', { file_data: dataUri(png.subarray(0, 40)) }, /^file_data is a PNG that is cut off$/],
    [
      'an image with a script',
      { file_data: dataUri(pngOf({ after: [pngChunk('tEXt', 'a\0<script>')] })) },
      /HTML or a script/,
    ],
    [
      'one byte more than 20 MB',
      { file_data: pngOfSize(20_971_521).toString('base64') },
      /^file_data is larger than 20 MB/,
    ],
    ['meta_data that is no object', { meta_data: 'x' }, /^meta_data must be an object$/],
    ['an unknown key', { meta_data: { colour: 'blue' } }, /^meta_data has no "colour"$/],
    ['a key that every object has', { meta_data: { toString: 'x' } }, /^meta_data has no "toString"$/],
    [
      'a rotation in between',
      { meta_data: { image_rotation: 45 } },
      /^meta_data.image_rotation must be one of 0, 90, 180, 270$/,
    ],
    [
      'a rotation that is no number',
      { meta_data: { image_rotation: 'left' } },
      /^meta_data.image_rotation must be a whole number$/,
    ],
    [
      'a description that is no text',
      { meta_data: { file_description: 7 } },
      /^meta_data.file_description must be a text$/,
    ],
    ['links from the side of the file', { linked_objects: { timesheets: ['1'] } }, /^Invalid params: linked_objects$/],
  ];
  for (const [what, item, reason] of cases) {
    test(what, async () => {
      const before = await idsFor(person, {});
      const refused = await post({ file_name: 'a.png', file_data: plain, ...item });
      assert.equal(refused._status_code, 417, JSON.stringify(refused).slice(0, 300));
      assert.match(String(refused._status_extra), reason);
      assert.ok(!('file_data' in refused), 'what was sent is not sent back');
      assert.deepEqual(await idsFor(person, {}), before);
    });
  }
});

test('of several files a bad one fails alone, and nothing of it is kept', async () => {
  const answer = await person.post('/files', [
    { file_name: 'one.png', file_data: plain },
    { file_name: 'two.png', file_data: 'AAAA' },
    { file_name: 'three.jpg', file_data: jpegOf().toString('base64') },
  ]);
  const items = rowsIn(answer, 'files');
  assert.deepEqual(
    items.map(({ _status_code }) => _status_code),
    [200, 417, 200],
  );
  const names = items.map(({ file_name }) => String(file_name));
  const rows = await world.services.database.system.rows(sql`
    SELECT f.file_name, (SELECT sum(length(p.bytes)) FROM file_pieces p WHERE p.company_id = f.company_id AND p.file_id = f.id)
    FROM files f WHERE f.company_id = ${company.id} AND f.file_name = ANY(${names}::text[]) ORDER BY f.id`);
  assert.deepEqual(rows, [
    ['one.png', String(png.length)],
    ['three.jpg', String(jpegOf().length)],
  ]);
});

test('bodies of up to 30 MB are for files only; beyond it is a 413, and a stranger sends nothing large', async () => {
  const tooLarge = await person.send('POST', '/files', `{"data":[${' '.repeat(31 * 1_048_576)}]}`);
  assert.deepEqual([tooLarge.status, tooLarge.body.error?.code as unknown], [413, 413]);
  const other = await person.send('POST', '/timesheets', `{"data":[${' '.repeat(3 * 1_048_576)}]}`);
  assert.equal(other.status, 413);
  const stranger = await person.send('POST', '/files', `{"data":[${' '.repeat(3 * 1_048_576)}]}`, {
    authorization: 'Bearer x',
  });
  assert.equal(stranger.status, 401);
});

test('a change renames, describes and turns; what is not named stays, a blank text goes, content is for good', async () => {
  const id = await upload(person, { meta_data: { file_description: 'roof', image_rotation: 90 } });
  assert.deepEqual((await put({ id, file_name: 'C:\\roof.jpeg' })).file_name, 'roof.png');
  assert.deepEqual((await put({ id, meta_data: { image_rotation: 0 } })).meta_data, {
    file_description: 'roof',
    image_rotation: 0,
  });
  assert.deepEqual((await put({ id, meta_data: { image_rotation: null, file_description: '' } })).meta_data, {
    image_rotation: 0,
  });
  assert.deepEqual((await put({ id, meta_data: { image_rotation: '' } })).meta_data, {});
  const cases: readonly [Row, RegExp][] = [
    [{ file_data: plain }, /^file_data can be set only when a file is added$/],
    [{ size: 5 }, /^Invalid params: size$/],
    [{ active: false }, /^Invalid params: active$/],
    [{ uploaded_by_user_id: company.admin.userId }, /^Invalid params: uploaded_by_user_id$/],
    [{ file_name: '/' }, /file_name/],
    [{ meta_data: { image_rotation: 91 } }, /image_rotation/],
  ];
  for (const [change, reason] of cases) {
    const refused = await put({ id, ...change });
    assert.deepEqual([refused._status_code, refused.file_name ?? 'roof.png'], [417, change.file_name ?? 'roof.png']);
    assert.match(String(refused._status_extra), reason);
  }
  const row = await fileOf(company, id);
  assert.deepEqual([row?.file_name, row?.meta_data], ['roof.png', {}]);
});

test('results of a PUT are keyed by id, by position where ids are missing or repeated', async () => {
  const [one, two] = [await upload(person), await upload(person)];
  const keysOf = async (items: readonly Row[]): Promise<string[]> =>
    Object.keys((await person.put('/files', items)).body.results?.files ?? {});
  assert.deepEqual(await keysOf([{ id: String(two) }, { id: one }]), [String(one), String(two)]);
  assert.deepEqual(await keysOf([{ id: one }, { id: one }]), ['1', '2']);
  assert.deepEqual(await keysOf([{ id: one }, {}]), ['1', '2']);
  const mixed = await person.put('/files', [{ id: one, file_name: 'x.png' }, { id: 999_999_999 }]);
  const missing = mixed.body.results?.files?.['999999999'];
  assert.deepEqual([missing?._status_code as unknown, missing?.id as unknown], [404, 999_999_999]);
});

test('a deleted file is a row that is not active: no content, no change, no second deletion', async () => {
  const id = await upload(person);
  const [gone] = rowsIn(await person.delete('/files', [id]), 'files');
  assert.equal(gone?._status_message, 'OK, deleted');
  assert.deepEqual([await idsFor(person, { ids: id }), await idsFor(person, { ids: id, active: 'no' })], [[], [id]]);
  assert.equal((await fileOf(company, id))?.active, false);
  assert.equal((await person.send('GET', `/files/raw?id=${id}`)).status, 404);
  const changed = await put({ id, file_name: 'b.png' });
  assert.deepEqual([changed._status_code, changed._status_message], [404, 'Not Found']);
  const [again] = rowsIn(await person.delete('/files', [id]), 'files');
  assert.deepEqual([again?._status_code, again?._status_message], [404, 'File not found!']);
  const pieces = await world.services.database.system.rows(
    sql`SELECT 1 FROM file_pieces WHERE company_id = ${company.id} AND file_id = ${id}`,
  );
  assert.equal(pieces.length, 0);
});

test('files can be switched off: nothing new comes in, what is there stays readable', async () => {
  const place = await world.company();
  const id = await upload(place.admin);
  await place.setting('files', 'installed', 0);
  const [refused] = rowsIn(await place.admin.post('/files', [{ file_name: 'a.png', file_data: plain }]), 'files');
  assert.match(String(refused?._status_extra), /files\.installed/);
  assert.deepEqual(await idsFor(place.admin, {}), [id]);
  assert.equal((await place.admin.send('GET', `/files/raw?id=${id}`)).status, 200);
});

test('every filter, and the default to the own files', async () => {
  const place = await world.company();
  const [ann, bob] = [await place.person(), await place.person()];
  const [a1, a2, b1] = [await upload(ann), await upload(ann), await upload(bob)];
  const gone = await upload(bob);
  const [sheet, other] = [await attach(place.admin, ann, [a1, b1]), await attach(place.admin, bob, [a1, gone])];
  await place.admin.delete('/files', [gone]);
  const cases: readonly [Record<string, string | number>, number[]][] = [
    [{}, []],
    [{ uploaded_by_user_ids: ann.userId }, [a1, a2]],
    [{ uploaded_by_user_ids: `${ann.userId},${bob.userId}` }, [a1, a2, b1]],
    [{ uploaded_by_user_ids: 0 }, [a1, a2, b1]],
    [{ uploaded_by_user_ids: 0, active: 'no' }, [gone]],
    [{ uploaded_by_user_ids: 0, active: 'both' }, [a1, a2, b1, gone]],
    [{ ids: `${b1},${a2}` }, [a2, b1]],
    [{ ids: `${b1},${a2}`, uploaded_by_user_ids: bob.userId }, [b1]],
    [{ object_ids: sheet }, [a1, b1]],
    [{ linked_object_type: 'timesheet', object_ids: sheet }, [a1, b1]],
    [{ linked_object_type: 'timesheet', object_ids: `${sheet},${other}`, active: 'both' }, [a1, b1, gone]],
    [{ object_ids: sheet, uploaded_by_user_ids: ann.userId }, [a1]],
    [{ object_ids: 2_000_000_000 }, []],
    [{ linked_object_type: 'timesheet' }, []],
    [{ linked_object_type: 'timesheet', uploaded_by_user_ids: 0 }, [a1, b1]],
    [{ linked_object_type: 'all', uploaded_by_user_ids: 0 }, [a1, a2, b1]],
    [{ uploaded_by_user_ids: 0, modified_since: '2037-01-01T00:00:00+00:00' }, []],
    [{ uploaded_by_user_ids: 0, modified_before: '2000-01-01T00:00:00+00:00' }, []],
    [{ uploaded_by_user_ids: 0, limit: 1, page: 3 }, [b1]],
  ];
  for (const [query, expected] of cases) {
    assert.deepEqual(await idsFor(place.admin, query), expected, JSON.stringify(query));
  }
  assert.deepEqual(await idsFor(ann, {}), [a1, a2]);
  for (const query of [
    { linked_object_type: 'jobcode' },
    { object_ids: 'x' },
    { uploaded_by_user_ids: 'me' },
    { active: 'maybe' },
  ]) {
    assert.equal((await place.admin.get('/files', query)).status, 417, JSON.stringify(query));
  }
});
