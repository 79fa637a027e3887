import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Files that use up what a process has but once, such as the names of statements. */
const ALONE = ['test/engine/statement-names.test.ts'];

/** Files, and directories of them, in the order in which a whole run begins them; all others follow. */
const SLOWEST = [
  'test/portal/',
  'test/browser/',
  'test/openapi/',
  'test/conformance/permissions',
  'test/http/commands',
  'test/conformance/statements',
  'test/jobs/runner',
  'test/conformance/sync',
  'test/conformance/paging',
  'test/embedded/',
  'test/conformance/',
  'test/oauth/',
  'test/demo/',
  'test/jobs/',
  'test/http/',
  'test/concurrency/',
  'test/invitation/',
  'test/api/',
  'test/',
];

/** What `node --test` runs so that a few processes share many files; starting a process for each would take as long as its tests. */
export interface Lanes {
  /** A module for each process, after the files that have one of their own. */
  modules: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Files whose tests did not run to their end, because their process ended before them. */
  missing(): string[];
}

/** Writes into a scratch directory what so many lanes need; with none of them, every file has a process of its own. */
export function prepareLanes(scratch: string, count: number, files: readonly string[]): Lanes {
  const alone = files.filter((file) => count === 0 || ALONE.includes(file));
  const shared = inOrder(files.filter((file) => !alone.includes(file)));
  const lane = pathToFileURL(join(import.meta.dirname, 'lane.ts')).href;
  writeFileSync(join(scratch, 'files.json'), JSON.stringify(shared));
  const modules = Array.from({ length: count }, (_, index) => {
    const module = join(scratch, `lane-${index + 1}.mjs`);
    writeFileSync(module, `import '${lane}';\n`);
    return module;
  });
  const missing = (): string[] => shared.filter((_, index) => !existsSync(join(scratch, `${index}.done`)));
  return { modules: [...alone, ...modules], env: { OPENPUNCH_TEST_LANE: scratch }, missing };
}

/** What takes longest comes first, so that all lanes end at about the same moment. */
function inOrder(files: readonly string[]): string[] {
  const rank = (file: string): number => {
    const found = SLOWEST.findIndex((start) => file.startsWith(start));
    return found < 0 ? SLOWEST.length : found;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}
