import { Alert, Button, Container, Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** What is shown in place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Container size="sm">
      <Alert color="red" title={t('failure.broken')}>
        <Stack align="flex-start">
          {error instanceof Error ? error.message : String(error)}
          <Button onClick={reset}>{t('failure.again')}</Button>
        </Stack>
      </Alert>
    </Container>
  );
}
