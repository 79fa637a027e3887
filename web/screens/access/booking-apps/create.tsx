import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BookingAppSecret } from '../../../../src/dialects/web/shapes.ts';
import { useCreateBookingApp } from '../../../api/booking-apps.ts';
import { FormModal } from '../../../components/form-modal.tsx';
import { useModalForm } from '../../../components/modal-form.ts';

interface CreateBookingAppProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (answer: BookingAppSecret) => void;
}

/** Makes a Timekit app. */
export function CreateBookingApp({ opened, onClose, onMade }: CreateBookingAppProps) {
  const { t } = useTranslation();
  const create = useCreateBookingApp();
  const { form, refusal, close, submit } = useModalForm(
    { name: '', testMode: false },
    async (values) => onMade(await create.mutateAsync(values)),
    onClose,
  );
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
