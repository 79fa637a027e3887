import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Entry } from './entries.ts';
import classes from './search.module.css';
import type { Results } from './search.ts';

interface SearchResultsProps {
  id: string;
  results: readonly Results[];
  current: Entry | undefined;
  onPick: (entry: Entry) => void;
}

/** The results in their groups: a list box whose focus is in the field above. */
export function SearchResults({ id, results, current, onPick }: SearchResultsProps) {
  const { t } = useTranslation('docs');
  return (
    <div id={id} role="listbox" aria-label={t('search.results')} className={classes.results} tabIndex={-1}>
      {results.map(({ kind, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no group of fields.
        <div key={kind} role="group" aria-labelledby={`${id}-${kind}`}>
          <Text id={`${id}-${kind}`} className={classes.kind}>
            {t(`search.${kind}`)}
          </Text>
          {entries.map((entry) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field above.
            <div
              key={entry.id}
              id={`${id}-${entry.id}`}
              role="option"
              aria-selected={entry === current}
              className={classes.option}
              onClick={() => onPick(entry)}
            >
              <span className={classes.title}>{entry.title}</span>
              <span className={classes.place}>{entry.place}</span>
              <span className={classes.excerpt}>{entry.text}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
