import { useTranslation } from 'react-i18next';
import type { Schema } from '../../../src/http/openapi/types.ts';
import { type TypeText, typeOf } from './schema.ts';
import { useSchemas } from './use-api.ts';

/** The type of a schema in words, such as 'list of integers'. */
export function TypeWords({ schema }: { schema: Schema }) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  const said = (type: TypeText): string => {
    if (type.kind === 'either') return type.options.map(said).join(t('types.or'));
    if (type.kind !== 'plain') return t(`types.${type.kind}`, { of: said(type.of) });
    return type.format === undefined ? type.name : t('types.format', { name: type.name, format: type.format });
  };
  // Names of schemas are long words: they may break before each part.
  return said(typeOf(schema, schemas)).replace(/(?<=[a-z])(?=[A-Z])/g, '\u200b');
}
