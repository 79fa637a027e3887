import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readGuide } from '../guides/guides.ts';
import { readApi } from '../reference/model.ts';
import { sampleDocument } from '../reference/sample-document.ts';
import { entriesOf } from './entries.ts';
import { searchOf } from './search.ts';

const guides = [readGuide('jobs', '# Jobs\n\nAll about jobcodes.\n\n## Deleting\n\nJobcodes can be archived.\n')];
const search = searchOf(entriesOf(readApi(sampleDocument), guides));
const best = (words: string) => search(words)[0]?.entries[0];

test('what people look for comes first', () => {
  assert.equal(best('jobcode')?.path, '/docs/api/tsheets-rest/jobcodes');
  assert.equal(best('jobcode')?.kind, 'object');
  assert.equal(best('jobcodes')?.kind, 'object');
  assert.equal(best('assignments')?.title, 'jobcode_assignments');
  assert.equal(best('delete')?.anchor, 'deleteJobcode');
});

test('every kind of thing is found', () => {
  const found = (words: string) => search(words).map(({ kind }) => kind);
  assert.deepEqual(found('archived'), ['guide']);
  assert.ok(found('created').includes('property'));
  assert.ok(found('page').includes('parameter'));
  assert.deepEqual(found('406'), ['status']);
  assert.ok(found('createJobcodes').includes('endpoint'));
  assert.ok(found('api.php').includes('endpoint'));
});

test('beginnings and small slips are enough', () => {
  assert.equal(best('jobc')?.path, '/docs/api/tsheets-rest/jobcodes');
  assert.equal(best('jobcoed')?.kind, 'object');
  assert.deepEqual(search('xylophone'), []);
  assert.deepEqual(search('...'), []);
});

test('results lead to the place on the page', () => {
  const property = search('created')
    .flatMap(({ entries }) => entries)
    .find(({ kind }) => kind === 'property');
  assert.equal(`${property?.path}#${property?.anchor}`, '/docs/api/tsheets-rest/jobcodes#property-created');
  const [guide] = search('archived').flatMap(({ entries }) => entries);
  assert.equal(`${guide?.path}#${guide?.anchor}`, '/docs/guides/jobs#deleting');
});
