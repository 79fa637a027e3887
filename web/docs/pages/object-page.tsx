import { Text, Title } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../screens/not-found.tsx';
import { MarkdownText } from '../guides/markdown.tsx';
import { useAnchor } from '../layout/use-anchor.ts';
import { EndpointSection } from '../reference/endpoint-section.tsx';
import { FieldTable } from '../reference/field-table.tsx';
import { findPage } from '../reference/model.ts';
import { fieldsOf } from '../reference/schema.ts';
import { useApi } from '../reference/use-api.ts';

/** An object of one of the APIs: what it is made of, and its endpoints. */
export function ObjectPage() {
  const { t } = useTranslation('docs');
  const { dialect = '', tag = '' } = useParams({ strict: false });
  const api = useApi();
  const page = findPage(api, dialect, tag);
  useAnchor(page !== undefined);
  if (page === undefined) return <NotFound />;
  const { schemas } = api.document.components;
  const fields = page.schema === undefined ? [] : fieldsOf(page.schema, schemas);
  const title = api.dialects.find(({ name }) => name === page.dialect)?.title ?? page.dialect;
  return (
    <article key={`${page.dialect}/${page.slug}`}>
      <title>{t('page.title', { title: `${page.name} · ${title}` })}</title>
      <Text c="dimmed" size="sm">
        {title}
      </Text>
      <Title order={1} mb="sm">
        {page.name}
      </Title>
      <MarkdownText>{page.description}</MarkdownText>
      {fields.length > 0 && (
        <>
          <Title order={2} size="h4" mt="xl" mb="xs" id="properties">
            {t('page.properties')}
          </Title>
          <FieldTable fields={fields} caption={t('page.propertiesOf', { name: page.name })} access anchor="property-" />
        </>
      )}
      {page.endpoints.map((endpoint) => (
        <EndpointSection key={endpoint.id} endpoint={endpoint} />
      ))}
    </article>
  );
}
