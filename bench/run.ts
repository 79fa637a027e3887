import { writeFileSync } from 'node:fs';
import { demandSameAnswers, getJson } from './compare.ts';
import { openBenchDatabase } from './database.ts';
import { readFacts } from './facts.ts';
import { machine } from './machine.ts';
import { type Options, readOptions, usage } from './options.ts';
import { type Server, startFloor, startProduct } from './processes.ts';
import { benchReports, reportsUsage } from './reports/run.ts';
import { measure, type Result, slowdown, spread } from './rounds.ts';
import { deepPage, shapeOf } from './shape.ts';
import { type Counts, countStatements } from './statements.ts';
import { missed, targets } from './targets.ts';
import { workloadsOf } from './workloads.ts';

/** Progress goes to standard error, so that standard output is the JSON alone. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run(options: Options): Promise<object> {
  const shape = shapeOf(options.rows, options.companies);
  const about = machine();
  await using opened = new AsyncDisposableStack();
  const database = await openBenchDatabase(shape, options.fresh, say);
  opened.defer(() => database.close());
  const facts = await readFacts(database.connection);
  say('Counting statements.');
  const counts = await countStatements(database, facts, 0);
  const product = await startProduct(database.environment);
  opened.defer(() => product.stop());
  const floor = await startFloor(database.connection);
  opened.defer(() => floor.stop());

  const now = Math.floor(Date.now() / 1000);
  const workloads = workloadsOf(facts, shape, now).filter(({ group }) => options.only.includes(group));
  const free = new Map([['entries', counts.next]]);
  const { rounds, seconds } = options;
  const bench = { product, floor, postmaster: database.postmaster, facts, rounds, seconds, free };
  const results: Result[] = [];
  for (const workload of workloads) {
    if (workload.compare.length > 0) await demandSameAnswers(product, floor, workload, facts);
    results.push(await measure(bench, workload, say));
  }
  await demandSameStatements(floor, counts, options);
  return {
    machine: about,
    postgres: database.settings,
    sizes: {
      quick: options.quick,
      timesheets: shape.bigRows + shape.ordinaryRows * (shape.companies - 1),
      companies: shape.companies,
      biggestCompany: shape.bigRows,
      deep: `page ${deepPage} of ${shape.deepLimit} rows`,
      seededNow: database.seeded,
    },
    rounds,
    secondsEach: seconds,
    statements: counts.counted,
    deepColdOverPage1: slowdown(results, 'deep-cold', 'deep-first') ?? null,
    deepWarmOverPage1: slowdown(results, 'deep-warm', 'deep-first') ?? null,
    targets,
    missed: missed(results, slowdown(results, 'deep-cold', 'deep-first')),
    spread: Object.fromEntries(results.map((result) => [result.name, spread(result)])),
    workloads: results,
  };
}

/** Demands that every statement of the product's requests is one that the floor has run, to the letter. */
async function demandSameStatements(floor: Server, { texts }: Counts, { only }: Options): Promise<void> {
  if (!['page', 'ids', 'post', 'clock'].every((name) => only.some((one) => one === name))) return;
  const known = new Set((await getJson(floor, '/statements', {})) as string[]);
  for (const text of texts) {
    if (!known.has(text)) throw new Error(`The floor does not run a statement of the product: ${text}`);
  }
}

try {
  const words = process.argv.slice(2);
  if (words[0] === 'reports') {
    process.stdout.write(`${JSON.stringify(await benchReports(words.slice(1), say), undefined, 2)}\n`);
  } else {
    const options = readOptions(words);
    const text = `${JSON.stringify(await run(options), undefined, 2)}\n`;
    if (options.json !== undefined) writeFileSync(options.json, text);
    process.stdout.write(text);
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  say(usage);
  say(reportsUsage);
  process.exitCode = 1;
}
