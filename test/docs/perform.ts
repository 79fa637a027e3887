import assert from 'node:assert/strict';
import { differenceOf, patternOf } from './compare.ts';
import { requestOf } from './curl.ts';
import type { Block, Guide } from './guide.ts';
import { commandsOf, type Variables, wordsOf } from './shell.ts';
import type { Stage } from './stage.ts';

/** The answer to a request of a guide. */
export interface Performed {
  readonly command: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Does what a guide tells its reader to do, in order, and holds every answer that it prints against the real one. A block
 * `sh` runs unless it is marked `skip`; every request of it must be answered with 2xx, or with the status that `status=`
 * names. `keep=NAME:path.to.value` keeps a value of the last answer, which the guide tells its reader to do. A block marked
 * `answer` prints (a part of) the last answer.
 */
export async function perform(
  { file, blocks }: Guide,
  stage: Stage,
  heard?: (answer: Performed) => void,
): Promise<number> {
  const variables = stage.variables();
  let last: Performed | undefined;
  let count = 0;
  for (const block of blocks) {
    const place = `docs/guides/${file}:${block.line}`;
    if (block.flags.includes('answer')) {
      assert.ok(last, `${place} prints the answer to nothing`);
      const difference = printedDifference(block, last);
      assert.equal(difference, undefined, `${place}: ${difference}`);
    }
    if (block.language !== 'sh' || block.flags.includes('skip')) continue;
    for (const command of commandsOf(block.text)) {
      const answer = await carryOut(command, variables, stage);
      if (answer === undefined) continue;
      heard?.(answer);
      last = answer;
      count += 1;
      const wanted =
        block.options.get('status')?.[0] ?? `${Math.floor(answer.status / 100) === 2 ? answer.status : '2xx'}`;
      assert.equal(String(answer.status), wanted, `${place}: ${command}\n${answer.text}`);
    }
    for (const keep of block.options.get('keep') ?? []) {
      const [name = '', path = ''] = keep.split(':');
      variables.set(name, valueAt(last?.text ?? '', path, place));
    }
  }
  return count;
}

/** Sets a variable, or sends a request and gives its answer. */
async function carryOut(command: string, variables: Variables, stage: Stage): Promise<Performed | undefined> {
  const words = wordsOf(command, variables, (text) => {
    const [, format] = /^date -u \+(%F|%FT%TZ)$/.exec(text) ?? [];
    if (format === undefined) throw new Error(`A guide may not run ${text}`);
    return stage.date(format);
  });
  const [, name, value = ''] = /^([A-Z_]+)=(.*)$/s.exec(words[0] ?? '') ?? [];
  if (name !== undefined && words.length === 1) {
    // What a reader pastes, and where his server is, the stage knows already.
    if (!value.startsWith('paste-') && !value.startsWith('http://127.0.0.1:8080')) variables.set(name, value);
    return undefined;
  }
  const { method, url, headers, body } = requestOf(words);
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }), redirect: 'manual' });
  return { command, status: response.status, headers: response.headers, text: await response.text() };
}

function printedDifference({ language, text }: Block, { headers, text: real, status }: Performed): string | undefined {
  if (language === 'json') return differenceOf(JSON.parse(text), JSON.parse(real));
  if (language !== 'http') return patternOf(text).test(real.trim()) ? undefined : `the answer is ${real}`;
  const [first = '', ...lines] = text.split('\n');
  if (!first.startsWith(`HTTP/1.1 ${status}`)) return `the status is ${status}`;
  for (const line of lines) {
    const [name = '', value = ''] = line.split(/:\s*(.*)/s);
    if (!patternOf(value).test(headers.get(name) ?? '')) return `${name} is ${headers.get(name)}`;
  }
  return undefined;
}

function valueAt(text: string, path: string, place: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  for (const key of path.split('.')) value = (value as Record<string, unknown> | undefined)?.[key];
  assert.ok(typeof value === 'string' || typeof value === 'number', `${place}: there is no ${path} in ${text}`);
  return String(value);
}
