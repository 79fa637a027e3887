import assert from 'node:assert/strict';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { dataUri, pngOf } from '../support/images.ts';
import { type Company, openWorld, type Person, type World } from '../support/world.ts';

let world: World;
let company: Company;

before(async () => {
  world = await openWorld({ shared: true });
  company = await world.company();
});
after(() => world.close());

/** Begins so many uploads that never end; gives them, and the first answers as soon as there are `refused` of them. */
async function begin(person: Person, count: number, refused: number, size = 29_000_000) {
  const answers: { status: number; retryAfter: string | undefined }[] = [];
  const enough = Promise.withResolvers<void>();
  const uploads = Array.from({ length: count }, (): ClientRequest => {
    const headers = { authorization: `Bearer ${person.token}`, 'content-length': size };
    const upload = request(`${world.url}/api/v1/files`, { method: 'POST', headers });
    upload.on('response', (answer: IncomingMessage) => {
      answers.push({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
      answer.resume();
      if (answers.length >= refused) enough.resolve();
    });
    upload.on('error', () => undefined);
    upload.write('{"data":');
    return upload;
  });
  await enough.promise;
  return { answers, end: () => uploads.forEach((upload) => void upload.destroy()) };
}

const statusOfSmall = async (person: Person): Promise<number> =>
  (await person.post('/files', [{ file_name: 'a', file_data: dataUri(pngOf()) }])).status;

test('uploads that never end take bounded room, and one user takes it from no other', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, () => company.person()));
  const [one, two, three, four] = people as [Person, Person, Person, Person];
  const first = await begin(one, 5, 2);
  await setTimeout(50);
  assert.deepEqual(first.answers, [
    { status: 503, retryAfter: '2' },
    { status: 503, retryAfter: '2' },
  ]);
  for (const person of [one, two]) assert.equal(await statusOfSmall(person), 200);
  const others = [await begin(two, 4, 1), await begin(three, 4, 1)];
  // Nine times 29 MB: for a tenth there is no room, but for something small there is.
  const last = await begin(four, 1, 1);
  assert.equal(last.answers[0]?.status, 503);
  assert.equal(await statusOfSmall(four), 200);
  for (const { end } of [first, ...others, last]) end();
  // Whoever goes away makes room: sooner or later all three fit again, and only the fourth is refused.
  for (let refused = 0; refused !== 1; ) {
    const again = await begin(one, 4, 1);
    await setTimeout(50);
    refused = again.answers.length;
    again.end();
  }
});
