import type { Guide } from '../guides/guides.ts';
import { type Api, addressOf, type Dialect, type Endpoint, type ObjectPage, pagesOf } from '../reference/model.ts';
import { fieldsOf, type Schemas } from '../reference/schema.ts';

/** The kinds of things that search finds; also the groups of the results. */
export const kinds = ['object', 'guide', 'endpoint', 'property', 'parameter', 'status'] as const;

export type Kind = (typeof kinds)[number];

/** One thing that search finds. */
export interface Entry {
  readonly id: number;
  readonly kind: Kind;
  readonly title: string;
  /** Where it belongs, such as 'TSheets REST · timesheets'. */
  readonly place: string;
  readonly text: string;
  /** Where it leads. */
  readonly path: string;
  readonly anchor: string;
}

type Found = Omit<Entry, 'id'>;

/** Everything that search finds in the reference and the guides. */
export function entriesOf(api: Api, guides: readonly Guide[]): Entry[] {
  const { schemas } = api.document.components;
  const found = [
    ...guides.flatMap(entriesOfGuide),
    ...api.dialects.flatMap((dialect) => pagesOf(dialect).flatMap((page) => entriesOfPage(dialect, page, schemas))),
  ];
  return found.map((entry, id) => ({ id, ...entry }));
}

function entriesOfGuide({ slug, title, lead, sections }: Guide): Found[] {
  const path = `/docs/guides/${slug}`;
  return [
    { kind: 'guide', title, place: '', text: lead, path, anchor: '' },
    ...sections.map(({ id, title: heading, text }): Found => {
      return { kind: 'guide', title: heading, place: title, text, path, anchor: id };
    }),
  ];
}

function entriesOfPage(dialect: Dialect, page: ObjectPage, schemas: Schemas): Found[] {
  const path = addressOf(page);
  const place = `${dialect.title} · ${page.name}`;
  const fields = page.schema === undefined ? [] : fieldsOf(page.schema, schemas);
  return [
    { kind: 'object', title: page.name, place: dialect.title, text: page.description, path, anchor: '' },
    ...fields
      .filter(({ name }) => name !== '')
      .map(({ name, schema }): Found => {
        return {
          kind: 'property',
          title: name,
          place,
          text: schema.description ?? '',
          path,
          anchor: `property-${name}`,
        };
      }),
    ...page.endpoints.flatMap((endpoint) => entriesOfEndpoint(endpoint, place, path)),
    ...statusesOf(page.endpoints, place, path),
  ];
}

function entriesOfEndpoint(endpoint: Endpoint, place: string, path: string): Found[] {
  const { id, summary, method, address, operation, parameters } = endpoint;
  const text = `${method} ${address} ${id} ${operation.description ?? ''}`;
  return [
    { kind: 'endpoint', title: summary, place, text, path, anchor: id },
    ...parameters.map(({ name, description }): Found => {
      return { kind: 'parameter', title: name, place: `${place} · ${summary}`, text: description, path, anchor: id };
    }),
  ];
}

/** Each status once for a page, where the page says it first. */
function statusesOf(endpoints: readonly Endpoint[], place: string, path: string): Found[] {
  const statuses = new Map<string, Found>();
  for (const { id, answers, operation } of endpoints) {
    const all = [
      ...answers.map(({ status, response }) => [status, response.description] as const),
      ...(operation['x-item-statuses'] ?? []).map(({ code, means }) => [String(code), means] as const),
    ];
    for (const [status, text] of all) {
      const key = `${status} ${text}`;
      if (!statuses.has(key)) statuses.set(key, { kind: 'status', title: status, place, text, path, anchor: id });
    }
  }
  return [...statuses.values()];
}
