import { Button, Container, Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** What an unknown address shows. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Container size="sm">
      <Stack align="flex-start">
        <Title order={1}>{t('failure.notFound')}</Title>
        <Button renderRoot={(props) => <Link to="/" {...props} />}>{t('failure.home')}</Button>
      </Stack>
    </Container>
  );
}
