/** Lists that come in pages: those whose answers say `more`. */
export type ListPath<Paths extends object> = {
  [P in keyof Paths]: PageAt<Paths, P> extends never ? never : P;
}[keyof Paths];

/** A page of a list. */
export type PageAt<Paths extends object, P extends keyof Paths> = Paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Page } } } };
}
  ? Page extends { results: object; more: boolean }
    ? Page
    : never
  : never;

/** A row of a list. */
export type RowAt<Paths extends object, P extends keyof Paths> =
  PageAt<Paths, P> extends { results: infer Results } ? Values<Values<Results>> : never;

type Values<T> = T[keyof T];

/** The parameters of a list, but for the page. */
export type QueryAt<Paths extends object, P extends keyof Paths> = Paths[P] extends {
  get: { parameters: { query?: infer Query } };
}
  ? Omit<NonNullable<Query>, 'page' | 'per_page'>
  : never;

/** How a list is read. */
export interface Reading {
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal;
}

interface Page {
  readonly results: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly more: boolean;
}

/** Reads a list page by page, until the server says that there is no more. */
export async function* readPages(read: (page: number) => Promise<unknown>): AsyncGenerator<unknown, void, undefined> {
  for (let number = 1; ; number += 1) {
    const page = (await read(number)) as Page;
    yield page;
    if (!page.more) return;
  }
}

/** The rows of a page, in the order of their keys. */
export function rowsOf(page: unknown): unknown[] {
  return Object.values((page as Page).results).flatMap((rows) => Object.values(rows));
}
