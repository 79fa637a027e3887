import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyKind, useCreateKey } from '../../../api/keys.ts';
import { showRefusal } from '../../../components/form.ts';
import { FormModal } from '../../../components/form-modal.tsx';

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
  const [refusal, setRefusal] = useState<string>();
  // A program of a customer runs for years, a script of one's own need not.
  const form = useForm({ initialValues: { label: '', expiresInDays: kind === 'tokens' ? '90' : 'never' } });

  const close = () => {
    form.reset();
    setRefusal(undefined);
    onClose();
  };
  const submit = form.onSubmit(async ({ label, expiresInDays }) => {
    setRefusal(undefined);
    try {
      const days = expiresInDays === 'never' ? null : Number(expiresInDays);
      const { secret } = await create.mutateAsync({ label, expiresInDays: days });
      form.reset();
      onMade(secret);
    } catch (error) {
      setRefusal(showRefusal(form, error));
    }
  });
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
