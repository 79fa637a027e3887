import { Container, Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The outline of a page that is being loaded. */
export function PagePending() {
  const { t } = useTranslation();
  return (
    <Container px={0}>
      <Stack gap="xl" role="status" aria-label={t('loading')}>
        <Skeleton height={36} width="min(20rem, 70%)" />
        <Skeleton height={140} radius="md" />
        <Skeleton height={140} radius="md" />
      </Stack>
    </Container>
  );
}
