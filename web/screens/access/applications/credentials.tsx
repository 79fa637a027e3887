import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import { useRotateSecret } from '../../../api/applications.ts';
import { CodeField } from '../../../components/code-field.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { Facts } from '../../../components/entry.tsx';
import { LastUse, Moment } from '../../../components/moment.tsx';
import { SecretModal } from '../../../components/secret-modal.tsx';
import { Section } from '../../../components/section.tsx';
import { useSecretOf } from './secret.ts';

/** The id and the secret of an application, and a new secret. */
export function Credentials({ application }: { application: Application }) {
  const { t } = useTranslation();
  const rotate = useRotateSecret();
  const [asking, { open, close }] = useDisclosure();
  const [made, setMade] = useState<ApplicationSecret>();
  const secret = useSecretOf(made, t('access.applications.rotated', { name: application.name }));
  return (
    <Section title={t('access.applications.credentials')}>
      <CodeField label={t('access.applications.clientId')} value={application.clientId} />
      <Facts
        facts={[
          [t('access.applications.secretCreated'), <Moment key="secret" at={application.secretCreated} />],
          [t('access.applications.created'), <Moment key="created" at={application.created} />],
          [t('access.applications.lastUsed'), <LastUse key="used" at={application.lastUsed} />],
          [t('access.applications.connectedBy'), t('access.applications.people', { count: application.people })],
        ]}
      />
      <Group>
        <Button variant="default" onClick={open}>
          {t('access.applications.rotate')}
        </Button>
      </Group>
      <Confirm
        opened={asking}
        title={t('access.applications.rotateTitle')}
        text={t('access.applications.rotateText')}
        action={t('access.applications.rotate')}
        onClose={close}
        onConfirm={async () => setMade(await rotate.mutateAsync(application.clientId))}
      />
      <SecretModal secret={secret} onClose={() => setMade(undefined)} />
    </Section>
  );
}
