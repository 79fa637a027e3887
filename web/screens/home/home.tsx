import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../components/code-field.tsx';
import { BookIcon } from '../../components/icons.tsx';
import { LinkCard } from '../../components/link-card.tsx';
import { Page } from '../../components/page.tsx';
import { AccessCards } from '../access/cards.tsx';
import { homeRoute } from './routes.ts';

const addresses = [
  ['rest', '/api/v1'],
  ['legacy', '/api.php'],
  ['timestation', '/v1'],
  ['timekit', '/v2'],
] as const;

/** The start page: who is signed in, and where to go from here. */
export function Home() {
  const { t } = useTranslation();
  const { person, company } = homeRoute.useRouteContext({ select: ({ session }) => session });
  const { origin } = window.location;
  return (
    <Page
      title={t('home.hello', { name: person.name })}
      lead={t('home.who', { company: company.name, username: person.username })}
    >
      <LinkCard to="/docs" icon={<BookIcon size={22} />} title={t('home.docs.title')} text={t('home.docs.text')} />
      {person.admin ? (
        <Stack component="section" gap="md">
          <Title order={2} size="h4">
            {t('access.title')}
          </Title>
          <AccessCards />
        </Stack>
      ) : (
        <Text c="dimmed">{t('home.people', { company: company.name })}</Text>
      )}
      <Stack component="section" gap="md">
        <Title order={2} size="h4">
          {t('home.addresses')}
        </Title>
        <Paper withBorder p="md">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {addresses.map(([api, path]) => (
              <CodeField key={api} label={t(`home.apis.${api}`)} value={`${origin}${path}`} />
            ))}
          </SimpleGrid>
        </Paper>
      </Stack>
    </Page>
  );
}
