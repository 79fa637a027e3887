import { Anchor, Code, Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../screens/not-found.tsx';
import { MarkdownText } from '../guides/markdown.tsx';
import { PortalLink } from '../layout/portal-link.tsx';
import { addressOf, type Dialect, pagesOf } from '../reference/model.ts';
import { useApi } from '../reference/use-api.ts';
import classes from './pages.module.css';

/** An API as a whole: what holds for all of it, how it takes keys, and its objects. */
export function DialectPage() {
  const { t } = useTranslation('docs');
  const { dialect: name } = useParams({ strict: false });
  const { dialects } = useApi();
  const dialect = dialects.find((candidate) => candidate.name === name);
  if (dialect === undefined) return <NotFound />;
  return (
    <article key={dialect.name} className={classes.text}>
      <title>{t('page.title', { title: dialect.title })}</title>
      <Title order={1} mb="sm">
        {dialect.title}
      </Title>
      <MarkdownText>{dialect.description}</MarkdownText>
      <Keys dialect={dialect} />
      {dialect.groups.map((group) => (
        <section key={group.name}>
          <Title order={2} size="h4" mt="xl" mb="xs">
            {group.name}
          </Title>
          <ul className={classes.list}>
            {group.pages.map((page) => (
              <li key={page.slug}>
                <PortalLink address={addressOf(page)} fw={600}>
                  {page.name}
                </PortalLink>{' '}
                <Text span size="sm" c="dimmed">
                  {t('page.endpoints', { count: page.endpoints.length })}
                </Text>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Text mt="xl">
        <Anchor href={`/openapi/${dialect.name}.json`} download={`${dialect.name}.json`}>
          {t('start.download', { title: dialect.title })}
        </Anchor>
      </Text>
    </article>
  );
}

/** The ways in which its endpoints take keys. */
function Keys({ dialect }: { dialect: Dialect }) {
  const { t } = useTranslation('docs');
  const { securitySchemes } = useApi().document.components;
  const endpoints = pagesOf(dialect).flatMap((page) => page.endpoints);
  const names = new Set(endpoints.flatMap(({ operation }) => (operation.security ?? []).flatMap(Object.keys)));
  if (names.size === 0) return null;
  return (
    <>
      <Title order={2} size="h4" mt="xl" mb="xs">
        {t('page.keys')}
      </Title>
      {[...names].map((name) => (
        <div key={name} className={classes.key}>
          <Code>{name}</Code>
          <MarkdownText>{securitySchemes[name]?.description ?? ''}</MarkdownText>
        </div>
      ))}
    </>
  );
}
