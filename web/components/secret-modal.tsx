import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeField } from './code-field.tsx';

/** What is shown once, and what belongs to it. */
export interface Secret {
  readonly title: string;
  readonly values: readonly { readonly label: string; readonly value: string; readonly lines?: boolean }[];
}

interface SecretModalProps {
  readonly secret: Secret | undefined;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Shows a secret this once and says so. A click beside the dialog does not close it, since the secret would be lost. */
export function SecretModal({ secret, onClose, children }: SecretModalProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={secret !== undefined}
      onClose={onClose}
      title={secret?.title}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
    >
      <Stack>
        <Alert color="yellow" variant="light">
          {t('access.secret.once')}
        </Alert>
        {secret?.values.map((value) => (
          <CodeField key={value.label} {...value} />
        ))}
        {children}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('access.secret.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
