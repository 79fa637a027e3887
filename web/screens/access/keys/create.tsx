import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type KeyKind, useCreateKey } from '../../../api/keys.ts';
import { FormModal } from '../../../components/form-modal.tsx';
import { useModalForm } from '../../../components/modal-form.ts';

const lives = ['30', '90', '365', 'never'] as const;

interface CreateKeyProps {
  readonly kind: KeyKind;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
}

/** Asks what a new key is for and how long it lasts, and makes it. */
export function CreateKey({ kind, opened, onClose, onMade }: CreateKeyProps) {
  const { t } = useTranslation();
  const create = useCreateKey(kind);
  const { form, refusal, close, submit } = useModalForm(
    // A program of a customer runs for years, a script of one's own need not.
    { label: '', expiresInDays: kind === 'tokens' ? '90' : 'never' },
    async ({ label, expiresInDays }) => {
      const days = expiresInDays === 'never' ? null : Number(expiresInDays);
      onMade((await create.mutateAsync({ label, expiresInDays: days })).secret);
    },
    onClose,
  );
  return (
    <FormModal
      opened={opened}
      title={t(`access.${kind}.create`)}
      action={t(`access.${kind}.create`)}
      busy={create.isPending}
      refusal={refusal}
      onClose={close}
      onSubmit={submit}
    >
      <TextInput
        label={t('access.keys.label')}
        description={t('access.keys.labelHint')}
        required
        maxLength={100}
        data-autofocus
        {...form.getInputProps('label')}
      />
      <NativeSelect
        label={t('access.keys.expires')}
        data={lives.map((value) => ({ value, label: t(`access.keys.expiresIn.${value}`) }))}
        {...form.getInputProps('expiresInDays')}
      />
    </FormModal>
  );
}
