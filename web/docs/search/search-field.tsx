import { Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOpenAddress } from '../layout/portal-link.tsx';
import type { Entry } from './entries.ts';
import { SearchResults } from './search-results.tsx';
import { useSearch } from './use-search.ts';

/** The field with its results. The focus stays in the field, which tells which result Enter would open. */
export function SearchField({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('docs');
  const id = useId();
  const openAddress = useOpenAddress();
  const [words, setWords] = useState('');
  const [active, setActive] = useState(0);
  const results = useSearch(words);
  const entries = results.flatMap((group) => group.entries);
  const current = entries[active];
  const open = ({ path, anchor }: Entry) => {
    onDone();
    openAddress(anchor === '' ? path : `${path}#${anchor}`);
  };
  useEffect(() => {
    if (current !== undefined) document.getElementById(`${id}-${current.id}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, current]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && entries.length > 0) setActive((active + step + entries.length) % entries.length);
    else if (event.key === 'Enter' && current !== undefined) open(current);
    else return;
    event.preventDefault();
  };
  const nothing = words.trim() !== '' && entries.length === 0;
  return (
    <>
      <TextInput
        data-autofocus
        size="md"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('search.title')}
        aria-expanded={entries.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        placeholder={t('search.hint')}
        value={words}
        onKeyDown={onKeyDown}
        onChange={({ currentTarget }) => {
          setWords(currentTarget.value);
          setActive(0);
        }}
      />
      <SearchResults id={id} results={results} current={current} onPick={open} />
      <Text size="xs" c="dimmed" py="xs" role="status">
        {nothing ? t('search.nothing') : entries.length > 0 ? t('search.help') : t('search.what')}
      </Text>
    </>
  );
}
