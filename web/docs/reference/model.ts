import type {
  DialectName,
  Method,
  OpenApiDocument,
  Operation,
  Parameter,
  Reference,
  Response,
  Schema,
  Tag,
} from '../../../src/http/openapi/types.ts';

/** The reference as the portal shows it: dialects, their groups, the pages of objects, their endpoints. */
export interface Api {
  readonly document: OpenApiDocument;
  readonly dialects: readonly Dialect[];
}

export interface Dialect {
  readonly name: DialectName;
  readonly title: string;
  readonly description: string;
  readonly groups: readonly { readonly name: string; readonly pages: readonly ObjectPage[] }[];
}

/** One object with its endpoints. */
export interface ObjectPage {
  readonly dialect: DialectName;
  readonly name: string;
  /** Last part of its address. */
  readonly slug: string;
  readonly description: string;
  /** What one of them looks like; some pages are about actions alone. */
  readonly schema?: Schema;
  readonly endpoints: readonly Endpoint[];
}

export interface Endpoint {
  /** Unique among all dialects, and the anchor on the page. */
  readonly id: string;
  readonly dialect: DialectName;
  readonly method: Method;
  /** What clients write behind the server's name. */
  readonly address: string;
  readonly summary: string;
  /** Other ways to ask for the same, such as GET beside POST or an older address. */
  readonly also: readonly { readonly method: Method; readonly address: string }[];
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly answers: readonly { readonly status: string; readonly response: Response }[];
}

/** Reads a document into pages. An operation whose tag is not listed has no page. */
export function readApi(document: OpenApiDocument): Api {
  const endpoints = new Map<string, Endpoint[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item) as [Method, Operation][]) {
      if (operation['x-same-as'] !== undefined) continue;
      const endpoint = endpointOf(document, path, method, operation);
      const key = `${endpoint.dialect} ${operation.tags[0]}`;
      endpoints.set(key, [...(endpoints.get(key) ?? []), endpoint]);
    }
  }
  const dialects = document['x-dialects'].map(({ name, title, description }): Dialect => {
    const groups = new Map<string, ObjectPage[]>();
    for (const tag of document.tags) {
      if (tag['x-dialect'] !== name) continue;
      const page = pageOf(document, name, tag, endpoints.get(`${name} ${tag.name}`) ?? []);
      const group = tag['x-group'] ?? title;
      groups.set(group, [...(groups.get(group) ?? []), page]);
    }
    return { name, title, description, groups: [...groups].map(([group, pages]) => ({ name: group, pages })) };
  });
  return { document, dialects };
}

/** All pages of a dialect in order. */
export function pagesOf({ groups }: Dialect): ObjectPage[] {
  return groups.flatMap(({ pages }) => pages);
}

/** The page at an address; people may write the object's name as it is printed. */
export function findPage({ dialects }: Api, dialect: string, tag: string): ObjectPage | undefined {
  const found = dialects.find(({ name }) => name === dialect);
  return found && pagesOf(found).find(({ slug }) => slug === slugOf(tag));
}

/** Where a page stands in the portal, without the server's name. */
export function addressOf({ dialect, slug }: Pick<ObjectPage, 'dialect' | 'slug'>): string {
  return `/docs/api/${dialect}/${slug}`;
}

/** Where the page about a dialect as a whole stands. */
export function overviewOf({ name }: Dialect): string {
  return `/docs/api/${name}`;
}

/** The part of an address for a name: small letters, digits, underscores and hyphens. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function pageOf({ components }: OpenApiDocument, dialect: DialectName, tag: Tag, endpoints: Endpoint[]): ObjectPage {
  const schema = components.schemas[tag['x-object'] ?? ''];
  return {
    dialect,
    name: tag.name,
    slug: slugOf(tag.name),
    description: tag.description,
    ...(schema === undefined ? {} : { schema }),
    endpoints,
  };
}

/** The operations that do the same as the one of this id. */
function twinsOf({ paths }: OpenApiDocument, id: string): Endpoint['also'] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (Object.entries(item) as [Method, Operation][]).flatMap(([method, operation]) =>
      operation['x-same-as'] === id ? [{ method, address: operation['x-address'] ?? path }] : [],
    ),
  );
}

function endpointOf(document: OpenApiDocument, path: string, method: Method, operation: Operation): Endpoint {
  const { parameters, responses } = document.components;
  return {
    id: operation.operationId,
    dialect: operation['x-dialect'] ?? 'tsheets-rest',
    method,
    address: operation['x-address'] ?? path,
    summary: operation.summary,
    also: twinsOf(document, operation.operationId),
    operation,
    parameters: (operation.parameters ?? []).flatMap((parameter) => followed(parameters, parameter) ?? []),
    answers: Object.entries(operation.responses).flatMap(([status, answer]) => {
      const response = followed(responses, answer);
      return response === undefined ? [] : [{ status, response }];
    }),
  };
}

/** A part of the document itself, where it stands under a name. */
function followed<T extends object>(named: Readonly<Record<string, T>>, part: T | Reference): T | undefined {
  return '$ref' in part && typeof part.$ref === 'string' ? named[part.$ref.split('/').at(-1) ?? ''] : (part as T);
}
