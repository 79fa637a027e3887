import { Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../src/dialects/web/shapes.ts';

/** What the form holds; the redirect URIs are lines of one text. */
export interface ApplicationValues extends Record<string, unknown> {
  name: string;
  description: string;
  redirectUris: string;
}

/** The form's values of an application; of a new one without. */
export function valuesOf(application?: Application): ApplicationValues {
  return {
    name: application?.name ?? '',
    description: application?.description ?? '',
    redirectUris: application?.redirectUris.join('\n') ?? '',
  };
}

/** What the form says, as the server takes it. */
export function inputOf({ name, description, redirectUris }: ApplicationValues) {
  return { name, description, redirectUris: redirectUris.split(/\s+/).filter((uri) => uri !== '') };
}

/** The fields of an application. */
export function ApplicationFields({ form }: { form: UseFormReturnType<ApplicationValues> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('access.applications.name')}
        description={t('access.applications.nameHint')}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('optional', { label: t('access.applications.description') })}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
      <Textarea
        label={t('access.applications.redirectUris')}
        description={t('access.applications.redirectHint')}
        required
        autosize
        minRows={2}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...form.getInputProps('redirectUris')}
      />
    </>
  );
}
