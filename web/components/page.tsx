import { Box, Container, Group, type MantineSize, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface PageProps {
  readonly title: string;
  /** One or two sentences below the title. */
  readonly lead?: ReactNode;
  /** Where the page belongs, above the title. */
  readonly back?: ReactNode;
  /** What can be done on the whole page, beside the title. */
  readonly actions?: ReactNode;
  readonly size?: MantineSize;
  readonly children: ReactNode;
}

/** One page: its title, also in the browser's tab, and what it shows. */
export function Page({ title, lead, back, actions, size = 'md', children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t('titled', { title });
  }, [t, title]);
  return (
    <Container size={size} px={0}>
      <Stack gap="xl">
        <Box>
          {back}
          <Group justify="space-between" align="flex-start" gap="md">
            <Box flex="1 1 16rem" maw="42rem">
              <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Title>
              {lead !== undefined && (
                <Text c="dimmed" mt={4}>
                  {lead}
                </Text>
              )}
            </Box>
            {actions}
          </Group>
        </Box>
        {children}
      </Stack>
    </Container>
  );
}
