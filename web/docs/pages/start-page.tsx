import { Anchor, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { guides } from '../guides/content.ts';
import { MarkdownText } from '../guides/markdown.tsx';
import { PortalLink } from '../layout/portal-link.tsx';
import { type Dialect, overviewOf } from '../reference/model.ts';
import { useApi } from '../reference/use-api.ts';
import classes from './pages.module.css';

/** The first page: what there is, and a way to a first request. */
export function StartPage() {
  const { t } = useTranslation('docs');
  const { dialects } = useApi();
  const first = guides[0];
  return (
    <article>
      <title>{t('page.title', { title: t('title') })}</title>
      <Title order={1}>{t('title')}</Title>
      <Text size="lg" c="dimmed" mt={4} mb="lg" maw="46rem">
        {t('start.lead')}
      </Text>
      <Title order={2} size="h4" mb="sm">
        {t('start.path')}
      </Title>
      <ol className={classes.steps}>
        <li>
          <Trans
            ns="docs"
            i18nKey="start.token"
            components={{ access: <PortalLink underline="always" address="/api-access" /> }}
          />
        </li>
        <li>
          <Trans
            ns="docs"
            i18nKey="start.try"
            components={{ user: <PortalLink underline="always" address="/docs/api/tsheets-rest/current_user" /> }}
          />
        </li>
        {first !== undefined && (
          <li>
            <Trans
              ns="docs"
              i18nKey="start.read"
              values={{ guide: first.title }}
              components={{ guide: <PortalLink underline="always" address={`/docs/guides/${first.slug}`} /> }}
            />
          </li>
        )}
      </ol>
      <Title order={2} size="h4" mt="xl" mb="sm">
        {t('start.apis')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {dialects.map((dialect) => (
          <DialectCard key={dialect.name} dialect={dialect} />
        ))}
      </SimpleGrid>
      <Text size="sm" mt="md">
        <Trans
          ns="docs"
          i18nKey="start.whole"
          components={{ file: <Anchor inherit underline="always" href="/openapi.json" download="openapi.json" /> }}
        />
      </Text>
      {guides.length > 0 && <GuideList />}
    </article>
  );
}

function DialectCard({ dialect }: { dialect: Dialect }) {
  const { t } = useTranslation('docs');
  const file = `/openapi/${dialect.name}.json`;
  return (
    <Card withBorder className={classes.card}>
      <Stack gap="xs" h="100%">
        <Title order={3} size="h5">
          <PortalLink address={overviewOf(dialect)} inherit>
            {dialect.title}
          </PortalLink>
        </Title>
        <MarkdownText>{dialect.description.split('\n\n')[0] ?? ''}</MarkdownText>
        <Text size="sm" mt="auto">
          <Anchor inherit href={file} download={`${dialect.name}.json`}>
            {t('start.download', { title: dialect.title })}
          </Anchor>
        </Text>
      </Stack>
    </Card>
  );
}

function GuideList() {
  const { t } = useTranslation('docs');
  return (
    <>
      <Title order={2} size="h4" mt="xl" mb="sm">
        {t('nav.guides')}
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="sm">
        {guides.map(({ slug, title, lead }) => (
          <div key={slug}>
            <PortalLink address={`/docs/guides/${slug}`} fw={600}>
              {title}
            </PortalLink>
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </>
  );
}
