import { NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Parameter } from '../../../src/http/openapi/types.ts';
import { Disclosure } from '../reference/disclosure.tsx';
import { constantOf, keyOf } from '../reference/request.ts';
import { resolved } from '../reference/schema.ts';
import { useSchemas } from '../reference/use-api.ts';

interface TryParametersProps {
  parameters: readonly Parameter[];
  values: Readonly<Record<string, string>>;
  onChange: (parameter: Parameter, value: string) => void;
}

/** A field for each parameter: those that must be given and those that are filled in first, the others on demand. */
export function TryParameters({ parameters, values, onChange }: TryParametersProps) {
  const { t } = useTranslation('docs');
  const schemas = useSchemas();
  const first = parameters.filter(({ required, example }) => required === true || example !== undefined);
  const others = parameters.filter((parameter) => !first.includes(parameter));
  const fieldOf = (parameter: Parameter) => (
    <ParameterField
      key={keyOf(parameter)}
      parameter={parameter}
      value={values[keyOf(parameter)] ?? ''}
      fixed={constantOf(parameter, schemas) !== undefined}
      onChange={(value) => onChange(parameter, value)}
    />
  );
  return (
    <>
      {first.map(fieldOf)}
      {others.length > 0 && (
        <Disclosure summary={t('try.more')}>
          <Stack gap="sm" pb="sm">
            {others.map(fieldOf)}
          </Stack>
        </Disclosure>
      )}
    </>
  );
}

interface ParameterFieldProps {
  parameter: Parameter;
  value: string;
  fixed: boolean;
  onChange: (value: string) => void;
}

function ParameterField({
  parameter: { name, required = false, schema },
  value,
  fixed,
  onChange,
}: ParameterFieldProps) {
  const schemas = useSchemas();
  const { enum: choices, type } = resolved(schema, schemas);
  const shared = { label: name, required, size: 'xs' as const };
  if (choices !== undefined && !fixed && ![type].flat().includes('array')) {
    const data = [...(required ? [] : ['']), ...choices.map(String)];
    return (
      <NativeSelect
        {...shared}
        data={data}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={value}
      readOnly={fixed}
      spellCheck={false}
      autoComplete="off"
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
