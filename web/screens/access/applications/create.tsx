import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import { useCreateApplication } from '../../../api/applications.ts';
import { showRefusal } from '../../../components/form.ts';
import { FormModal } from '../../../components/form-modal.tsx';
import { ApplicationFields, inputOf, valuesOf } from './fields.tsx';

interface CreateApplicationProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (answer: ApplicationSecret) => void;
}

/** Registers an application. */
export function CreateApplication({ opened, onClose, onMade }: CreateApplicationProps) {
  const { t } = useTranslation();
  const create = useCreateApplication();
  const [refusal, setRefusal] = useState<string>();
  const form = useForm({ initialValues: valuesOf() });
  const close = () => {
    form.reset();
    setRefusal(undefined);
    onClose();
  };
  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      const answer = await create.mutateAsync(inputOf(values));
      form.reset();
      onMade(answer);
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return (
    <FormModal
      opened={opened}
      title={t('access.applications.create')}
      action={t('access.applications.create')}
      busy={create.isPending}
      refusal={refusal}
      onClose={close}
      onSubmit={submit}
    >
      <ApplicationFields form={form} />
    </FormModal>
  );
}
