import { Badge, Text, Title } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { MarkdownText } from '../guides/markdown.tsx';
import { AnchorMark } from '../layout/anchor-mark.tsx';
import { CodeSamples } from '../samples/code-samples.tsx';
import { TryIt } from '../try/try-it.tsx';
import { Answers, ItemStatuses } from './answers.tsx';
import { mediaOf } from './example.ts';
import { ExampleAnswer } from './example-answer.tsx';
import { FieldTable } from './field-table.tsx';
import type { Endpoint } from './model.ts';
import { ParameterTables } from './parameter-tables.tsx';
import classes from './reference.module.css';
import { constantOf } from './request.ts';
import { fieldsOf, type Schemas } from './schema.ts';
import { useSchemas } from './use-api.ts';

/** All about one endpoint, at its anchor. */
export const EndpointSection = memo(function EndpointSection({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  const { id, summary, operation } = endpoint;
  return (
    <section id={id} aria-label={summary} className={classes.endpoint}>
      <Title order={2} size="h3">
        {summary}
        {operation.deprecated && (
          <Badge variant="light" color="gray" ml="xs">
            {t('fields.deprecated')}
          </Badge>
        )}
        <AnchorMark id={id} title={summary} />
      </Title>
      <div className={classes.method}>
        <strong>{endpoint.method.toUpperCase()}</strong>
        <span>{fullAddress(endpoint, schemas)}</span>
      </div>
      {endpoint.also.length > 0 && (
        <Text className={classes.note} mb="xs">
          {t('endpoint.also', {
            ways: endpoint.also
              .map(
                ({ method, address }) => `${method.toUpperCase()}${address === endpoint.address ? '' : ` ${address}`}`,
              )
              .join(', '),
          })}
        </Text>
      )}
      <div className={classes.columns}>
        <div>
          {operation.description !== undefined && <MarkdownText>{operation.description}</MarkdownText>}
          <ParameterTables endpoint={endpoint} />
          <RequestBody endpoint={endpoint} />
          <ItemStatuses endpoint={endpoint} />
          <Title order={3} size="h5">
            {t('endpoint.answers')}
          </Title>
          <Answers endpoint={endpoint} />
        </div>
        <div className={classes.aside}>
          <CodeSamples endpoint={endpoint} />
          <TryIt endpoint={endpoint} />
          <ExampleAnswer endpoint={endpoint} />
        </div>
      </div>
    </section>
  );
});

function RequestBody({ endpoint: { operation } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  const body = mediaOf(operation.requestBody?.content);
  if (body === undefined) return null;
  const fields = fieldsOf(body.media.schema, schemas);
  return (
    <>
      <Title order={3} size="h5">
        {t('endpoint.body')}
      </Title>
      <Text className={classes.note}>{Object.keys(operation.requestBody?.content ?? {}).join(', ')}</Text>
      {operation.requestBody?.description !== undefined && (
        <MarkdownText>{operation.requestBody.description}</MarkdownText>
      )}
      {fields.length > 0 && <FieldTable fields={fields} caption={t('endpoint.body')} demands />}
    </>
  );
}

/** The address with the parameters that are always the same, which tell endpoints of one address apart. */
function fullAddress({ address, parameters }: Endpoint, schemas: Schemas): string {
  const constants = parameters.flatMap((parameter) => {
    const value = parameter.in === 'query' ? constantOf(parameter, schemas) : undefined;
    return value === undefined ? [] : [`${parameter.name}=${value}`];
  });
  return constants.length === 0 ? address : `${address}?${constants.join('&')}`;
}
