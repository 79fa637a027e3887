import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, findPage, pagesOf, readApi, slugOf } from './model.ts';
import { sampleDocument } from './sample-document.ts';

const api = readApi(sampleDocument);

test('a document becomes dialects with their groups and pages', () => {
  const told = api.dialects.map(({ title, groups }) => [title, ...groups.map(({ name }) => name)]);
  assert.deepEqual(told, [
    ['TSheets REST', 'Time', 'More'],
    ['TSheets legacy', 'Actions'],
    ['Timekit', 'Booking'],
  ]);
});

test('endpoints stand on the page of their tag, in the dialect that they belong to', () => {
  const idsOf = (dialect: string, tag: string) => findPage(api, dialect, tag)?.endpoints.map(({ id }) => id);
  assert.deepEqual(idsOf('tsheets-rest', 'jobcodes'), ['listJobcodes', 'createJobcodes', 'deleteJobcode']);
  assert.deepEqual(idsOf('timekit', 'jobcodes'), ['timekitListBookings']);
  assert.deepEqual(idsOf('tsheets-rest', 'jobcode_assignments'), []);
  assert.equal(findPage(api, 'tsheets-rest', 'nothing'), undefined);
});

test('what does the same as an endpoint is named there and has no place of its own', () => {
  const endpoints = findPage(api, 'tsheets-rest', 'jobcodes')?.endpoints ?? [];
  assert.deepEqual(
    endpoints.map(({ also }) => also),
    [[], [], [{ method: 'post', address: '/api/v1/jobcodes/{id}' }]],
  );
});

test('pages are found by the name as it is printed, and by the last part of the address', () => {
  const page = findPage(api, 'tsheets-legacy', 'Job codes');
  assert.equal(page && addressOf(page), '/docs/api/tsheets-legacy/job-codes');
  assert.equal(findPage(api, 'tsheets-legacy', 'job-codes'), page);
  assert.equal(slugOf('Shifts (v1.1)'), 'shifts-v1-1');
});

test('endpoints have the address that clients write, and what the document keeps under names', () => {
  const [list] = findPage(api, 'tsheets-rest', 'jobcodes')?.endpoints ?? [];
  assert.deepEqual(
    list?.parameters.map(({ name }) => name),
    ['page', 'ids'],
  );
  assert.deepEqual(
    list?.answers.map(({ status, response }) => [status, response.description]),
    [
      ['200', 'The jobcodes.'],
      ['401', 'No token.'],
    ],
  );
  const legacy = api.dialects.flatMap(pagesOf).find(({ name }) => name === 'Job codes');
  assert.equal(legacy?.endpoints[0]?.address, '/api.php');
});
