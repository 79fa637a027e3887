import { Box, Button } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../components/page.tsx';

/** What is shown in place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={t('failure.broken')} lead={error instanceof Error ? error.message : String(error)} size="sm">
      <Box>
        <Button onClick={again}>{t('failure.again')}</Button>
      </Box>
    </Page>
  );
}
