import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Disclosure } from './disclosure.tsx';
import { FieldTable } from './field-table.tsx';
import type { Endpoint } from './model.ts';

const places = ['path', 'query', 'header'] as const;

/** The parameters of an endpoint, by where they are written. */
export function ParameterTables({ endpoint: { parameters } }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  return places.map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return null;
    const fields = here.map(({ name, description, required = false, deprecated, schema }) => ({
      key: name,
      name,
      schema: { ...schema, description, ...(deprecated === undefined ? {} : { deprecated }) },
      required,
      role: 'property' as const,
    }));
    const table = <FieldTable fields={fields} caption={t(`endpoint.${place}`)} demands />;
    // The same few headers go with almost every request.
    if (place === 'header' && fields.every(({ required }) => !required)) {
      return (
        <Disclosure key={place} summary={t('endpoint.headers', { names: here.map(({ name }) => name).join(', ') })}>
          {table}
        </Disclosure>
      );
    }
    return (
      <div key={place}>
        <Title order={3} size="h5">
          {t(`endpoint.${place}`)}
        </Title>
        {table}
      </div>
    );
  });
}
