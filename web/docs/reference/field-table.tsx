import { Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldName } from './field-name.tsx';
import { FieldNotes } from './field-notes.tsx';
import classes from './reference.module.css';
import { type Field, fieldsOf, resolved } from './schema.ts';
import { TypeWords } from './type-words.tsx';
import { useSchemas } from './use-api.ts';

interface FieldTableProps {
  fields: readonly Field[];
  /** What the table tells, for people who can not see what is above it. */
  caption: string;
  /** Whether it says how clients may use each property. */
  access?: boolean;
  /** Whether it says what must be given; of what the server writes nobody has to know. */
  demands?: boolean;
  /** Begins the anchors of the rows, where they have any. */
  anchor?: string;
}

/** A table of properties or parameters; what holds others opens. */
export function FieldTable({ fields, caption, access = false, demands = false, anchor }: FieldTableProps) {
  const { t } = useTranslation('docs');
  return (
    <Table className={classes.fields} verticalSpacing={6} aria-label={caption}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('fields.name')}</Table.Th>
          {access && <Table.Th visibleFrom="sm">{t('fields.access')}</Table.Th>}
          <Table.Th>{t('fields.description')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields.map((field) => (
          <FieldRows
            key={field.key}
            field={field}
            depth={0}
            access={access}
            demands={demands}
            initiallyOpen={fields.length === 1}
            {...(anchor === undefined ? {} : { id: `${anchor}${field.name}` })}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface FieldRowsProps {
  field: Field;
  depth: number;
  access: boolean;
  demands: boolean;
  initiallyOpen?: boolean;
  id?: string;
}

function FieldRows({ field, depth, access, demands, initiallyOpen = false, id }: FieldRowsProps) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  const [open, setOpen] = useState(initiallyOpen);
  const schema = resolved(field.schema, schemas);
  const inside = fieldsOf(field.schema, schemas);
  const choice = field.role === 'choice';
  const named = field.name === '' ? <em>{t(`fields.${field.role}`)}</em> : <FieldName name={field.name} />;
  const name = choice ? <TypeWords schema={field.schema} /> : named;
  const mode = schema['x-access'];
  return (
    <>
      <Table.Tr id={id}>
        <Table.Td className={classes.name} style={{ paddingInlineStart: 10 + 14 * depth }}>
          {inside.length === 0 ? (
            name
          ) : (
            <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
              <span aria-hidden="true" className={classes.chevron} />
              {name}
            </UnstyledButton>
          )}
          <Text span className={classes.type}>
            {choice ? t('fields.choice') : <TypeWords schema={field.schema} />}
          </Text>
          {demands && field.required && <span className={classes.required}>{t('fields.required')}</span>}
          {schema.deprecated && <span className={classes.required}>{t('fields.deprecated')}</span>}
          {access && mode !== undefined && (
            <Text span hiddenFrom="sm" className={classes.type}>
              {t(`access.${mode}`)}
            </Text>
          )}
        </Table.Td>
        {access && (
          <Table.Td visibleFrom="sm" className={classes.access}>
            {mode !== undefined && t(`access.${mode}`)}
          </Table.Td>
        )}
        <Table.Td>
          <FieldNotes schema={schema} />
        </Table.Td>
      </Table.Tr>
      {open &&
        inside.map((inner) => (
          <FieldRows key={inner.key} field={inner} depth={depth + 1} access={access} demands={demands} />
        ))}
    </>
  );
}
