import { Alert, Button, EmptyState, Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Says that something could not be read, and offers to try again. */
export function LoadFailed({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" variant="light" title={t('failure.unread')} role="alert">
      <Stack align="flex-start" gap="sm">
        <Text size="sm">{error.message}</Text>
        <Button variant="default" size="sm" onClick={retry}>
          {t('failure.again')}
        </Button>
      </Stack>
    </Alert>
  );
}

interface LoadedProps<Data> {
  readonly query: UseQueryResult<Data, Error>;
  readonly children: (data: Data) => ReactNode;
}

/** Shows what a query gave; until then its outline, and its failure where it fails. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <LoadFailed error={query.error} retry={() => void query.refetch()} />;
  return (
    <Stack role="status" aria-label={t('loading')}>
      {[0, 1].map((number) => (
        <Skeleton key={number} height={120} radius="md" />
      ))}
    </Stack>
  );
}

interface NothingProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly description: string;
  readonly children?: ReactNode;
}

/** Stands where a list is empty: what would be here, and how to make the first. */
export function Nothing({ icon, title, description, children }: NothingProps) {
  return (
    <Paper withBorder p="xl">
      <EmptyState icon={icon} withIndicatorBackground title={title} description={description}>
        {children !== undefined && <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Paper>
  );
}
