import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../src/dialects/web/shapes.ts';
import { useChangeApplication, useDeleteApplication } from '../../../api/applications.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { Section } from '../../../components/section.tsx';
import { tellFailure } from '../../../components/tell.ts';

/** Switches an application off or on, or deletes it. */
export function Ending({ application: { clientId, name, active } }: { application: Application }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = useChangeApplication(clientId);
  const remove = useDeleteApplication(clientId);
  const [switching, { open: askSwitch, close: closeSwitch }] = useDisclosure();
  const [deleting, { open: askDelete, close: closeDelete }] = useDisclosure();
  return (
    <Section title={t('access.applications.switch')}>
      <Text c="dimmed">{active ? t('access.applications.onText') : t('access.applications.offText')}</Text>
      <Group>
        {active ? (
          <Button variant="default" onClick={askSwitch}>
            {t('access.applications.switchOff')}
          </Button>
        ) : (
          <Button loading={change.isPending} onClick={() => change.mutate({ active: true }, { onError: tellFailure })}>
            {t('access.applications.switchOn')}
          </Button>
        )}
        <Button variant="outline" color="red" onClick={askDelete}>
          {t('access.applications.delete')}
        </Button>
      </Group>
      <Confirm
        opened={switching}
        title={t('access.applications.switchOffTitle', { name })}
        text={t('access.applications.switchOffText')}
        action={t('access.applications.switchOff')}
        onClose={closeSwitch}
        onConfirm={() => change.mutateAsync({ active: false })}
      />
      <Confirm
        opened={deleting}
        title={t('access.applications.deleteTitle', { name })}
        text={t('access.applications.deleteText')}
        action={t('access.applications.delete')}
        grave
        onClose={closeDelete}
        onConfirm={async () => {
          await remove.mutateAsync();
          await navigate({ to: '/api-access/applications' });
        }}
      />
    </Section>
  );
}
