import { Code, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../src/http/openapi/types.ts';
import { factsOf } from './facts.ts';
import classes from './reference.module.css';
import { RichText } from './rich-text.tsx';

/** What is to be known of a value: what it is, what it may be, and who may see it. */
export function FieldNotes({ schema }: { schema: Schema }) {
  const { t } = useTranslation('docs');
  return (
    <>
      {schema.description !== undefined && <RichText>{schema.description}</RichText>}
      {factsOf(schema).map(({ about, values }) => (
        <Text key={about} component="div" className={classes.note}>
          {t(`facts.${about}`)}{' '}
          {values.map((value, index) => (
            <Fragment key={value}>
              {index > 0 && ', '}
              <Code>{value}</Code>
            </Fragment>
          ))}
        </Text>
      ))}
      {schema['x-permission'] !== undefined && (
        <Text component="div" className={classes.note}>
          <RichText>{schema['x-permission']}</RichText>
        </Text>
      )}
    </>
  );
}
