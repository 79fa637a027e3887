import { useDeferredValue, useMemo } from 'react';
import { guides } from '../guides/content.ts';
import { useApi } from '../reference/use-api.ts';
import { entriesOf } from './entries.ts';
import { type Results, searchOf } from './search.ts';

/** What the words find. The index is made when search is opened first. */
export function useSearch(words: string): readonly Results[] {
  const api = useApi();
  const search = useMemo(() => searchOf(entriesOf(api, guides)), [api]);
  const asked = useDeferredValue(words.trim());
  return useMemo(() => (asked === '' ? [] : search(asked)), [search, asked]);
}
