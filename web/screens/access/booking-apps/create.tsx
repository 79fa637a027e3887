import { Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookingAppSecret } from '../../../../src/dialects/web/shapes.ts';
import { useCreateBookingApp } from '../../../api/booking-apps.ts';
import { showRefusal } from '../../../components/form.ts';
import { FormModal } from '../../../components/form-modal.tsx';

interface CreateBookingAppProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (answer: BookingAppSecret) => void;
}

/** Makes a Timekit app. */
export function CreateBookingApp({ opened, onClose, onMade }: CreateBookingAppProps) {
  const { t } = useTranslation();
  const create = useCreateBookingApp();
  const [refusal, setRefusal] = useState<string>();
  const form = useForm({ initialValues: { name: '', testMode: false } });
  const close = () => {
    form.reset();
    setRefusal(undefined);
    onClose();
  };
  const submit = form.onSubmit(async (values) => {
    setRefusal(undefined);
    try {
      const answer = await create.mutateAsync(values);
      form.reset();
      onMade(answer);
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
  return (
    <FormModal
      opened={opened}
      title={t('access.bookingApps.create')}
      action={t('access.bookingApps.create')}
      busy={create.isPending}
      refusal={refusal}
      onClose={close}
      onSubmit={submit}
    >
      <TextInput
        label={t('access.bookingApps.name')}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Switch
        label={t('access.bookingApps.testMode')}
        description={t('access.bookingApps.testModeHint')}
        {...form.getInputProps('testMode', { type: 'checkbox' })}
      />
    </FormModal>
  );
}
