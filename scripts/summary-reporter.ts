import type { TestEvent } from 'node:test/reporters';

/** A reporter for `node --test` that writes the counts of the whole run, as JSON, when it is over. */
export default async function* summary(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === 'test:summary' && event.data.file === undefined) yield JSON.stringify(event.data.counts);
  }
}
