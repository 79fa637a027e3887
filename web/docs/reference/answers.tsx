import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Disclosure } from './disclosure.tsx';
import { mediaOf } from './example.ts';
import { FieldTable } from './field-table.tsx';
import type { Endpoint } from './model.ts';
import classes from './reference.module.css';
import { RichText } from './rich-text.tsx';
import { fieldsOf } from './schema.ts';
import { useSchemas } from './use-api.ts';

/** The statuses of an endpoint, each with what its body looks like. */
export function Answers({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  return endpoint.answers.map(({ status, response }) => {
    const body = mediaOf(response.content);
    const fields = body === undefined ? [] : fieldsOf(body.media.schema, schemas);
    const line = (
      <>
        <span className={classes.status}>{status}</span>
        <RichText>{response.description}</RichText>
      </>
    );
    if (body === undefined) return <StatusLine key={status}>{line}</StatusLine>;
    return (
      <Disclosure key={status} summary={line}>
        <Text className={classes.note}>{body.type}</Text>
        {fields.length > 0 && <FieldTable fields={fields} caption={t('endpoint.answerOf', { status })} />}
      </Disclosure>
    );
  });
}

/** What the status of one item of a batch may be. */
export function ItemStatuses({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const statuses = endpoint.operation['x-item-statuses'];
  if (statuses === undefined) return null;
  return (
    <>
      <Title order={3} size="h5">
        {t('endpoint.items')}
      </Title>
      {statuses.map(({ code, means }) => (
        <StatusLine key={`${code} ${means}`}>
          <span className={classes.status}>{code}</span>
          <RichText>{means}</RichText>
        </StatusLine>
      ))}
    </>
  );
}

function StatusLine({ children }: { children: ReactNode }) {
  return (
    <Text component="div" size="sm" py={4}>
      {children}
    </Text>
  );
}
