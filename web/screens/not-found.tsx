import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../components/links.tsx';
import { Page } from '../components/page.tsx';

/** What an unknown address shows. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('failure.notFound')} lead={t('failure.notFoundText')} size="sm">
      <Box>
        <ButtonLink to="/">{t('failure.home')}</ButtonLink>
      </Box>
    </Page>
  );
}
