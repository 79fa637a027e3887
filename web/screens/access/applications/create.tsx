import { useTranslation } from 'react-i18next';
import type { ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import { useCreateApplication } from '../../../api/applications.ts';
import { FormModal } from '../../../components/form-modal.tsx';
import { useModalForm } from '../../../components/modal-form.ts';
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
  const { form, refusal, close, submit } = useModalForm(
    valuesOf(),
    async (values) => onMade(await create.mutateAsync(inputOf(values))),
    onClose,
  );
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
