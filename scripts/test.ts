import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Part, type Request, readArguments } from './arguments.ts';
import { provideChromium } from './chromium.ts';
import { provideDatabase, type TestDatabase } from './database.ts';
import { prepareLanes } from './lanes.ts';

/** How one part of the checks went. */
interface Outcome {
  part: string;
  passed: boolean;
  seconds: number;
  output: string;
  counts?: Record<string, number>;
}

/** A zone with an odd offset: code that takes the machine's zone for the user's, or hours for whole ones, fails here. */
const ZONE = 'Asia/Kathmandu';

/** Processes that run tests at once: one more than a small machine has cores, because tests wait too. */
const LANES = 3;

const colours = process.stdout.isTTY === true;
const root = dirname(import.meta.dirname);
const running = new Set<ChildProcess>();
let database: TestDatabase | undefined;

function heading(text: string): void {
  console.log(`\n== ${text} ${'='.repeat(Math.max(0, 76 - text.length))}`);
}

/** Runs a program; its output is kept, or shown as it comes. */
async function check(part: string, args: string[], env: Record<string, string> = {}, live = false): Promise<Outcome> {
  const begin = performance.now();
  const stdio = live ? ('inherit' as const) : ('pipe' as const);
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', stdio, stdio] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  running.delete(child);
  return { part, passed: code === 0, seconds: (performance.now() - begin) / 1000, output: output.trim() };
}

/**
 * Runs `node --test` over the files and reads its counts back. Files and tests that were chosen have a process for each file,
 * a whole run has a few processes that share the files.
 */
async function runTests(part: Part, { files, chosen, options }: Request): Promise<Outcome> {
  heading(`${part}: ${files.length} files`);
  if (files.length === 0) {
    console.log('There is no test file.');
    return { part, passed: part === 'tests', seconds: 0, output: '' };
  }
  const env: Record<string, string> = { TZ: ZONE };
  const scratch = mkdtempSync(join(tmpdir(), 'openpunch-report-'));
  const counts = join(scratch, 'counts.json');
  // What one process has compiled, the others need not compile again.
  env.NODE_COMPILE_CACHE = join(scratch, 'compiled');
  try {
    if (part === 'tests') Object.assign(env, await provide(files));
    const some = chosen || options.some((option) => /^--test-(name|skip|only|isolation)/.test(option));
    const lanes = prepareLanes(scratch, some ? 0 : LANES, files);
    const has = (option: string) => options.some((given) => given.startsWith(option));
    const args = [
      '--test',
      '--test-timeout=300000',
      ...(has('--test-concurrency') ? [] : [`--test-concurrency=${LANES}`]),
      ...(has('--test-reporter') ? [] : reporter(chosen)),
      `--test-reporter=${join(root, 'scripts', 'summary-reporter.ts')}`,
      `--test-reporter-destination=${counts}`,
      ...options,
      ...lanes.modules,
    ];
    const outcome = await check(part, args, { ...env, ...lanes.env }, true);
    const missing = lanes.missing();
    for (const file of missing) console.log(`The tests of ${file} did not run to their end.`);
    return {
      ...outcome,
      passed: outcome.passed && missing.length === 0,
      counts: JSON.parse(readFileSync(counts, 'utf8') || '{}') as Record<string, number>,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Dots and the failures for a whole run; one line for each test when files were chosen. */
function reporter(verbose: boolean): string[] {
  return [`--test-reporter=${verbose ? 'spec' : 'dot'}`, '--test-reporter-destination=stdout'];
}

async function provide(files: string[]): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  if (files.some((file) => /chromium|browser/i.test(readFileSync(file, 'utf8')))) {
    const chromium = provideChromium();
    if (chromium !== undefined) env.CHROMIUM_PATH = chromium;
  }
  database = await provideDatabase();
  env.OPENPUNCH_TEST_DATABASE = database.url;
  return env;
}

function conclude(outcomes: Outcome[], begin: number): void {
  heading('summary');
  for (const { part, passed, seconds, counts } of outcomes) {
    console.log(`${part}: ${passed ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)`);
    if (!counts) continue;
    console.log(
      `# tests ${counts.tests ?? 0}\n# pass ${counts.passed ?? 0}\n# fail ${(counts.failed ?? 0) + (counts.cancelled ?? 0)}`,
    );
    console.log(`# skipped ${counts.skipped ?? 0}\n# todo ${counts.todo ?? 0}`);
  }
  console.log(`total: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1;
}

async function main(): Promise<void> {
  const begin = performance.now();
  process.chdir(root);
  const request = readArguments(process.argv.slice(2));
  const asked = (part: Part) => request.parts.includes(part);
  const outcomes: Outcome[] = [];
  const bin = (name: string) => join('node_modules', '.bin', name);
  const still: Promise<Outcome>[] = [];
  for (const [part, project] of [
    ['types', '.'],
    ['types of web', 'web'],
  ] as const) {
    if (asked('types')) still.push(check(part, [bin('tsc'), '-p', project, '--pretty', String(colours)]));
  }
  if (asked('lint')) still.push(check('lint', [bin('biome'), 'ci', '.', `--colors=${colours ? 'force' : 'off'}`]));
  if (asked('tests')) still.push(check('web', [join('scripts', 'web.ts')]));
  for (const outcome of await Promise.all(still)) {
    heading(outcome.part);
    console.log(outcome.output || 'Nothing to complain about.');
    outcomes.push(outcome);
  }
  try {
    if (asked('tests')) outcomes.push(await runTests('tests', request));
    else if (asked('layers')) outcomes.push(await runTests('layers', request));
  } finally {
    await database?.remove();
  }
  conclude(outcomes, begin);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    process.exitCode = 130;
  });
}
await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
