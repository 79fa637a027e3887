import { invalid } from './validation.ts';

/**
 * What `search=key:value;key:value` asks for; all of it must hold. Throws Invalid for a key that is not `known`: one of these
 * names, or below one of those that end with a dot ('meta.'). Reference: (b) Envelope, paging, includes, search.
 */
export function searchOf(query: URLSearchParams, known: readonly string[]): Map<string, string> {
  const asked = new Map<string, string>();
  for (const part of query.getAll('search').flatMap((text) => text.split(';'))) {
    if (part.trim() === '') continue;
    const [key = '', ...rest] = part.split(':');
    const name = key.trim();
    const isKnown = known.some((one) =>
      one.endsWith('.') ? name.startsWith(one) && name.length > one.length : one === name,
    );
    if (!isKnown) throw invalid('search', `It is not possible to search by ${name === '' ? 'nothing' : name}.`);
    asked.set(name, rest.join(':').trim());
  }
  return asked;
}

/** The names of `include=a,b.c`, and those before their dots: a, b and b.c. What a call does not know of them is ignored. */
export function includesOf(query: URLSearchParams): Set<string> {
  const names = query.getAll('include').flatMap((text) => text.split(','));
  const paths = names.map((name) => name.trim().split('.'));
  const all = paths.flatMap((path) => path.map((_, index) => path.slice(0, index + 1).join('.')));
  return new Set(all.filter((name) => name !== ''));
}
