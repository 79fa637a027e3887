import { Checkbox, Group, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../../../src/dialects/web/shapes.ts';

const actions = ['created', 'updated', 'deleted'] as const;

/** What the form holds; the resources are names in one text, none of them means all. */
export interface WebhookValues extends Record<string, unknown> {
  url: string;
  description: string;
  resources: string;
  actions: string[];
}

/** The form's values of a webhook; of a new one without. */
export function valuesOf(webhook?: Webhook): WebhookValues {
  const named = (names: readonly string[] = ['*']) => (names.includes('*') ? [] : [...names]);
  const chosen = named(webhook?.actions);
  return {
    url: webhook?.url ?? '',
    description: webhook?.description ?? '',
    resources: named(webhook?.resources).join(', '),
    actions: chosen.length === 0 ? [...actions] : chosen,
  };
}

/** What the form says, as the server takes it. */
export function inputOf({ url, description, resources, actions: chosen }: WebhookValues) {
  return {
    url,
    description,
    resources: resources.match(/[^\s,]+/g) ?? ['*'],
    actions: chosen.length === actions.length ? ['*'] : chosen,
  };
}

/** The fields of a webhook. */
export function WebhookFields({ form }: { form: UseFormReturnType<WebhookValues> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('access.webhooks.url')}
        description={t('access.webhooks.urlHint')}
        type="url"
        required
        maxLength={2000}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput
        label={t('optional', { label: t('access.webhooks.description') })}
        maxLength={255}
        {...form.getInputProps('description')}
      />
      <TextInput
        label={t('optional', { label: t('access.webhooks.resources') })}
        description={t('access.webhooks.resourcesHint')}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        {...form.getInputProps('resources')}
      />
      <Checkbox.Group label={t('access.webhooks.actions')} {...form.getInputProps('actions')}>
        <Group mt="xs">
          {actions.map((action) => (
            <Checkbox key={action} value={action} label={t(`access.webhooks.happenings.${action}`)} />
          ))}
        </Group>
      </Checkbox.Group>
    </>
  );
}
