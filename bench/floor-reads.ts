import { layoutOf } from '../src/engine/layout.ts';
import { plainWriter, type Row, timesheetWriter } from './floor-rows.ts';
import type { Run } from './floor-run.ts';
import { byIdStatement, definitionOf, idsStatement, pageStatement } from './floor-statements.ts';

type Json = Record<string, unknown>;

/** The product finds the ids first beyond so many skipped rows; the floor runs what the product would run. */
const deepOffset = 1_000;

const statements = {
  page: await pageStatement(false),
  deep: await pageStatement(true),
  ids: await idsStatement(),
};
const timesheets = definitionOf('timesheets');
const { at } = layoutOf(timesheets);
const writeTimesheet = timesheetWriter(timesheets);
const supplements = new Map(
  await Promise.all(
    ['users', 'jobcodes', 'customfields'].map(async (name) => {
      const definition = definitionOf(name);
      const entry = {
        statement: await byIdStatement(name),
        write: plainWriter(definition),
        id: layoutOf(definition).at('id'),
        parent: name === 'jobcodes' ? layoutOf(definition).at('parent_id') : undefined,
      };
      return [name, entry] as const;
    }),
  ),
);

/** GET timesheets: by ids, or a page by days. */
export async function answerRead(run: Run, company: number, params: URLSearchParams): Promise<Json> {
  const limit = Number(params.get('limit') ?? 200);
  const offset = (Number(params.get('page') ?? 1) - 1) * limit;
  const ids = params.get('ids')?.split(',').map(Number);
  const values = { company, ids, from: params.get('start_date'), to: params.get('end_date'), take: limit + 1, offset };
  const statement = ids !== undefined ? statements.ids : offset > deepOffset ? statements.deep : statements.page;
  const rows = await run(statement, values);
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const results = { timesheets: keyed(rows, at('id'), writeTimesheet) };
  if (params.get('supplemental_data') === 'no') return { results, more };
  return { results, more, supplemental_data: await supplementOf(run, company, rows) };
}

function keyed(rows: readonly Row[], id: number, write: (row: Row) => Json): Json {
  const json: Json = {};
  for (const row of rows) json[String(row[id])] = write(row);
  return json;
}

/** What the rows refer to, asked for anew each time: jobcodes with those above them, users, custom fields. */
async function supplementOf(run: Run, company: number, rows: readonly Row[]): Promise<Json> {
  const fields = rows.flatMap((row) => Object.keys((row[at('customfields')] ?? {}) as Json).map(Number));
  const wanted = {
    jobcodes: rows.map((row) => Number(row[at('jobcode_id')] ?? 0)),
    users: rows.map((row) => Number(row[at('user_id')])),
    customfields: fields,
  };
  const sections = await Promise.all(
    Object.entries(wanted).map(async ([name, ids]) => [name, await sectionOf(run, company, name, ids)] as const),
  );
  return Object.fromEntries(sections.filter(([, section]) => Object.keys(section).length > 0));
}

async function sectionOf(run: Run, company: number, name: string, ids: readonly number[]): Promise<Json> {
  const supplement = supplements.get(name);
  if (supplement === undefined) throw new Error(`There is no supplement ${name}.`);
  const { statement, write, id, parent } = supplement;
  const section: Json = {};
  let missing = [...new Set(ids)].filter((one) => one > 0);
  while (missing.length > 0) {
    const rows = await run(statement, { company, ids: missing });
    for (const row of rows) section[String(row[id])] = write(row);
    const above = parent === undefined ? [] : rows.map((row) => Number(row[parent] ?? 0));
    missing = [...new Set(above)].filter((one) => one > 0 && !(one in section));
  }
  return section;
}
