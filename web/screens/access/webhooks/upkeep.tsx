import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../../../src/dialects/web/shapes.ts';
import { useChangeWebhook, useDeleteWebhook, useRotateWebhookSecret } from '../../../api/webhooks.ts';
import { CodeField } from '../../../components/code-field.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { type Secret, SecretModal } from '../../../components/secret-modal.tsx';
import { Section } from '../../../components/section.tsx';
import { tellFailure } from '../../../components/tell.ts';
import { useWebhookWords } from './words.ts';

/** Whether a webhook works, its secret, and its end. */
export function Upkeep({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { word, color } = useWebhookWords().stateOf(webhook);
  const navigate = useNavigate();
  const change = useChangeWebhook(webhook.id);
  const rotate = useRotateWebhookSecret(webhook.id);
  const remove = useDeleteWebhook(webhook.id);
  const [secret, setSecret] = useState<Secret>();
  const [rotating, { open: askRotate, close: closeRotate }] = useDisclosure();
  const [deleting, { open: askDelete, close: closeDelete }] = useDisclosure();
  const works = webhook.status === 'active';
  const show = (value: string) =>
    setSecret({ title: t('access.webhooks.rotated'), values: [{ label: t('access.webhooks.secret'), value }] });
  return (
    <Section title={t('access.webhooks.state')}>
      <CodeField label={t('access.webhooks.url')} value={webhook.url} />
      <Group gap="sm">
        <Badge variant="light" color={color}>
          {word}
        </Badge>
        <Text size="sm" c="dimmed">
          {t(`access.webhooks.stateText.${webhook.status}`)}
        </Text>
      </Group>
      <Group>
        <Button
          variant={works ? 'default' : 'filled'}
          loading={change.isPending}
          onClick={() => change.mutate({ active: !works }, { onError: tellFailure })}
        >
          {works ? t('access.webhooks.switchOff') : t('access.webhooks.switchOn')}
        </Button>
        <Button variant="default" onClick={askRotate}>
          {t('access.webhooks.rotate')}
        </Button>
        <Button variant="outline" color="red" onClick={askDelete}>
          {t('access.webhooks.delete')}
        </Button>
      </Group>
      <Confirm
        opened={rotating}
        title={t('access.webhooks.rotateTitle')}
        text={t('access.webhooks.rotateText')}
        action={t('access.webhooks.rotate')}
        onClose={closeRotate}
        onConfirm={async () => show((await rotate.mutateAsync()).secret)}
      />
      <Confirm
        opened={deleting}
        title={t('access.webhooks.deleteTitle')}
        text={t('access.webhooks.deleteText')}
        action={t('access.webhooks.delete')}
        grave
        onClose={closeDelete}
        onConfirm={async () => {
          await remove.mutateAsync();
          await navigate({ to: '/api-access/webhooks' });
        }}
      />
      <SecretModal secret={secret} onClose={() => setSecret(undefined)} />
    </Section>
  );
}
