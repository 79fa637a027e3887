import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebhookSecret } from '../../../../src/dialects/web/shapes.ts';
import { applicationsQuery } from '../../../api/applications.ts';
import { useCreateWebhook } from '../../../api/webhooks.ts';
import { FormModal } from '../../../components/form-modal.tsx';
import { useModalForm } from '../../../components/modal-form.ts';
import { inputOf, valuesOf, WebhookFields, type WebhookValues } from './fields.tsx';

interface CreateWebhookProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (answer: WebhookSecret) => void;
}

/** Makes a webhook: of the company, or of one of its applications. */
export function CreateWebhook({ opened, onClose, onMade }: CreateWebhookProps) {
  const { t } = useTranslation();
  const create = useCreateWebhook();
  const { data: applications = [] } = useQuery(applicationsQuery);
  const [clientId, setClientId] = useState('');
  const { form, refusal, close, submit } = useModalForm<WebhookValues>(
    valuesOf(),
    async (values) => {
      onMade(await create.mutateAsync({ ...inputOf(values), clientId }));
      setClientId('');
    },
    () => {
      setClientId('');
      onClose();
    },
  );
  const owners = applications.map((application) => ({ value: application.clientId, label: application.name }));
  return (
    <FormModal
      opened={opened}
      title={t('access.webhooks.create')}
      action={t('access.webhooks.create')}
      busy={create.isPending}
      refusal={refusal}
      onClose={close}
      onSubmit={submit}
    >
      <WebhookFields form={form} />
      {owners.length > 0 && (
        <NativeSelect
          label={t('access.webhooks.application')}
          data={[{ value: '', label: t('access.webhooks.own') }, ...owners]}
          value={clientId}
          onChange={({ currentTarget: { value } }) => setClientId(value)}
        />
      )}
    </FormModal>
  );
}
