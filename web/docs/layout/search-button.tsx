import { Kbd, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './layout.module.css';

/** Looks like a field, since it opens one. */
export function SearchButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('docs');
  return (
    <UnstyledButton className={classes.search} onClick={onClick}>
      <span>{t('search.open')}</span>
      <Kbd size="xs" aria-hidden="true">
        {t('search.keys')}
      </Kbd>
    </UnstyledButton>
  );
}
