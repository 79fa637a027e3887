import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './layout.module.css';

/** The link of a heading to itself, to be copied; it shows where the pointer or the focus is. */
export function AnchorMark({ id, title }: { id: string; title: string }) {
  const { t } = useTranslation('docs');
  return (
    <Anchor href={`#${id}`} className={classes.mark} aria-label={t('page.link', { title })}>
      #
    </Anchor>
  );
}
