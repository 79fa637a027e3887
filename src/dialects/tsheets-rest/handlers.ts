import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Item } from '../../engine/candidates.ts';
import { isBlank } from '../../engine/coerce.ts';
import { completed, completedById, completedOutcome } from '../../engine/complete.ts';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import { createRows } from '../../engine/create.ts';
import type { Definition, Touched } from '../../engine/definition.ts';
import { idsIn, type Params } from '../../engine/filters.ts';
import { layoutOf } from '../../engine/layout.ts';
import { list } from '../../engine/list.ts';
import { lookup, supplement } from '../../engine/lookup.ts';
import { withOptions } from '../../engine/options.ts';
import { removeRows } from '../../engine/remove.ts';
import type { ItemResult, Outcome } from '../../engine/results.ts';
import { updateRows } from '../../engine/update.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Cells } from '../../store/db.ts';
import { answersBlankIds, heeded, idFromQuery, sectionBeside } from './quirks.ts';
import { itemsOf, optionIn, pagingOf, paramsOf, supplementalWanted } from './read.ts';
import { deletedText, echoes, itemsText, rowsById, supplementalText } from './write.ts';

/** Answers one request of one endpoint with the text of its JSON, or sends something else itself. */
export type Handler = (ctx: Ctx, request: FastifyRequest, reply: FastifyReply) => Promise<string | FastifyReply>;

/** The part of the URL behind the question mark. */
export function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return at < 0 ? '' : request.url.slice(at + 1);
}

/** GET: a page of rows with what belongs to them. */
export function listHandler(definition: Definition): Handler {
  const idAt = layoutOf(definition).at('id');
  return async (ctx, request) => {
    const params = paramsOf(queryOf(request));
    const wanted = supplementalWanted(params);
    const shown = shownFields(definition, params);
    const { rows: found, more } = await list(ctx, definition, { params, ...pagingOf(params) });
    const rows = await completed(ctx, definition, found);
    const results = rowsById(ctx, definition, rows, idAt, shown);
    const supplemental = wanted
      ? `,"supplemental_data":${supplementalText(ctx, await supplement(ctx, definition, rows, shown))}`
      : '';
    return `{"results":{"${definition.name}":${results}},"more":${more}${supplemental}}`;
  };
}

/** Names of the `show` parameters that say yes, such as customfields=true of jobcodes. */
function shownFields(definition: Definition, params: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const [name, filter] of Object.entries(definition.filters)) {
    if (filter.kind === 'show' && /^(true|yes|1)$/i.test(params.get(name)?.at(-1) ?? '')) shown.add(name);
  }
  return shown;
}

/** POST: creates up to 50 rows, each with its own status. */
export function createHandler(definition: Definition): Handler {
  return (ctx, request) => write(ctx, request, definition, 'create');
}

/** PUT: updates up to 50 rows, each with its own status. */
export function updateHandler(definition: Definition): Handler {
  return (ctx, request) => write(ctx, request, definition, 'update');
}

async function write(
  ctx: Ctx,
  request: FastifyRequest,
  definition: Definition,
  verb: 'create' | 'update',
): Promise<string> {
  const params = paramsOf(queryOf(request));
  const sent = itemsOf(request.body).map((item) =>
    isObject(item) ? heeded(definition.name, request.method, item) : item,
  );
  const items = verb === 'update' ? namedItems(definition, params, sent) : sent;
  const inside = withOptions(ctx, definition, (name) => optionIn(request.body, name));
  const outcome = await completedOutcome(ctx, definition, await writeObjects(inside, definition, verb, items));
  const results = itemsText(ctx, definition, verb, items, outcome);
  const wanted = supplementalWanted(params);
  const supplemental = wanted ? supplementsText(ctx, definition, await supplementOf(ctx, definition, outcome)) : '';
  return `{"results":{"${definition.name}":${results}}${supplemental}}`;
}

/** The items of a PUT; a single one without an id may be named by the query. */
function namedItems(definition: Definition, params: Params, items: unknown[]): unknown[] {
  const [item] = items;
  const id = params.get('id')?.at(-1);
  if (!idFromQuery(definition.name) || id === undefined || items.length !== 1) return items;
  return isObject(item) && isBlank(item.id) ? [{ ...item, id }] : items;
}

/** Writes the items that are objects; the others fail, each in its place. */
async function writeObjects(
  ctx: Ctx,
  definition: Definition,
  verb: 'create' | 'update',
  items: readonly unknown[],
): Promise<Outcome> {
  const objects = items.filter(isObject);
  const { items: written, touched } =
    verb === 'create' ? await createRows(ctx, definition, objects) : await updateRows(ctx, definition, objects, echoes);
  if (objects.length === items.length) return { items: written, touched };
  const error = new DomainError('invalid', 'Each item of data must be an object');
  const next = written.values();
  return {
    items: items.map((item) => (isObject(item) ? next.next().value : undefined) ?? { ok: false, error }),
    touched,
  };
}

function isObject(item: unknown): item is Item {
  return item !== null && typeof item === 'object' && !Array.isArray(item);
}

type Sections = Map<string, Map<number, Cells>>;

/** Supplemental data, and the section that stands beside it too. */
function supplementsText(ctx: Ctx, { name }: Definition, sections: Sections): string {
  const beside = sectionBeside(name);
  const rows = beside === undefined ? undefined : sections.get(beside);
  // The section's own object is the text without its braces.
  const more =
    beside === undefined || rows === undefined ? '' : supplementalText(ctx, new Map([[beside, rows]])).slice(1, -1);
  return `,"supplemental_data":${supplementalText(ctx, sections)}${more === '' ? '' : `,${more}`}`;
}

async function supplementOf(ctx: Ctx, definition: Definition, outcome: Outcome): Promise<Sections> {
  const written = outcome.items.flatMap((result: ItemResult) => (result.ok ? [result.cells] : []));
  const touched = await touchedRows(
    ctx,
    outcome.touched,
    new Set(outcome.items.flatMap((item) => (item.ok ? [item.id] : []))),
    definition,
  );
  const own = touched.get(definition.name);
  const sections = await supplement(ctx, definition, own === undefined ? written : [...written, ...own.values()]);
  for (const [name, rows] of touched) {
    const section = sections.get(name) ?? new Map<number, Cells>();
    for (const [id, cells] of rows) section.set(id, cells);
    sections.set(name, section);
  }
  return sections;
}

async function touchedRows(
  ctx: Ctx,
  touched: Touched,
  shown: ReadonlySet<number>,
  definition: Definition,
): Promise<Map<string, Map<number, Cells>>> {
  const sections = new Map<string, Map<number, Cells>>();
  for (const [name, ids] of touched) {
    const wanted = name === definition.name ? [...ids].filter((id) => !shown.has(id)) : ids;
    const resource = resourceOf(ctx, name);
    sections.set(name, await completedById(ctx, resource, await lookup(ctx, resource, wanted)));
  }
  return sections;
}

/** DELETE: removes rows by `ids`, each with its own status; without ids nothing happens. */
export function removeHandler(definition: Definition): Handler {
  return async (ctx, request) => {
    const params = paramsOf(queryOf(request));
    const ids = [...new Set(idsIn(params, 'ids'))];
    const outcome = await removeRows(ctx, definition, ids);
    const blank = answersBlankIds(definition.name) && params.get('ids')?.some((text) => /^\s*$|,\s*(,|$)/.test(text));
    const answered = blank ? [...ids, '' as const] : ids;
    return `{"results":{"${definition.name}":${deletedText(definition, answered, outcome)}}}`;
  };
}
