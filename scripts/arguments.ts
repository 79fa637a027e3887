import { existsSync, globSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** The parts of the checks that can be run alone. */
export type Part = 'types' | 'lint' | 'layers' | 'tests';

const PARTS: readonly Part[] = ['types', 'lint', 'layers', 'tests'];
const EVERY_TEST = ['src/**/*.test.ts', 'test/**/*.test.ts', 'web/**/*.test.ts'];

/** What the command line asks for. */
export interface Request {
  parts: Part[];
  files: string[];
  /** True when the command line named files, so that each test is worth a line of its own. */
  chosen: boolean;
  /** Options for `node --test`. */
  options: string[];
}

/**
 * Reads the arguments of `npm test`: `--only=types,lint,tests`; names of files, directories or glob patterns; options of
 * `node --test`; any other word selects the tests whose names contain it.
 */
export function readArguments(words: readonly string[]): Request {
  let parts: Part[] = ['types', 'lint', 'tests'];
  const patterns: string[] = [];
  const options: string[] = [];
  for (const word of words) {
    if (word.startsWith('--only=')) parts = readParts(word.slice('--only='.length));
    else if (word.startsWith('-')) options.push(word);
    else if (existsSync(word) && statSync(word).isDirectory()) patterns.push(`${word}/**/*.test.ts`);
    else if (existsSync(word) || /[*/]/.test(word)) patterns.push(word);
    else options.push(`--test-name-pattern=${word}`);
  }
  const chosen = patterns.length > 0;
  const found = globSync(chosen ? patterns : EVERY_TEST, { exclude: (path) => path.includes('node_modules') });
  const files = [...new Set(found.map((path) => relative('.', resolve(path))))].sort();
  if (chosen && files.length === 0) throw new Error(`No test file matches ${patterns.join(' ')}.`);
  if (parts.includes('tests') || !parts.includes('layers')) return { parts, files, chosen, options };
  return { parts, files: files.filter((path) => /layer/.test(path)), chosen: true, options };
}

function readParts(list: string): Part[] {
  return list.split(',').map((name) => {
    const part = PARTS.find((candidate) => candidate === name);
    if (part === undefined) throw new Error(`--only takes ${PARTS.join(', ')}; there is no part named ${name}.`);
    return part;
  });
}
