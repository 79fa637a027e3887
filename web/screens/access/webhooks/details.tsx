import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../../../src/dialects/web/shapes.ts';
import { useChangeWebhook } from '../../../api/webhooks.ts';
import { showRefusal } from '../../../components/form.ts';
import { FormAlert } from '../../../components/form-alert.tsx';
import { Section } from '../../../components/section.tsx';
import { tell } from '../../../components/tell.ts';
import { inputOf, valuesOf, WebhookFields, type WebhookValues } from './fields.tsx';

/** What a webhook is told of, and where. */
export function Details({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const change = useChangeWebhook(webhook.id);
  const [refusal, setRefusal] = useState<string>();
  const form = useForm<WebhookValues>({ initialValues: valuesOf(webhook) });
  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      const answer = await change.mutateAsync(inputOf(values));
      form.setValues(valuesOf(answer.webhook));
      form.resetDirty();
      tell(t('saved'));
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return (
    <Section title={t('access.webhooks.edit')}>
      <form onSubmit={submit}>
        <Stack>
          <FormAlert>{refusal}</FormAlert>
          <WebhookFields form={form} />
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!form.isDirty()}>
              {t('access.webhooks.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
