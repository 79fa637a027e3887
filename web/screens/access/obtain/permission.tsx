import { Button, Group, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../../components/code-field.tsx';
import { authorizeAddress } from './grant.ts';
import { Step } from './step.tsx';

interface PermissionProps {
  readonly clientId: string | undefined;
  readonly redirectUri: string;
  readonly state: string;
  readonly done: boolean;
}

/** Step 2: the link that asks a person for permission. */
export function Permission({ clientId, redirectUri, state, done }: PermissionProps) {
  const { t } = useTranslation();
  const address = clientId === undefined ? '' : authorizeAddress(clientId, redirectUri, state);
  return (
    <Step
      number={2}
      title={t('access.walk.authorize')}
      text={t('access.walk.authorizeText')}
      open={clientId !== undefined}
      done={done}
    >
      <CodeField label={t('access.walk.link')} value={address} />
      <Group>
        <Button component="a" href={address} target="_blank" rel="noopener">
          {t('access.walk.open')}
          <VisuallyHidden>&nbsp;{t('access.walk.newTab')}</VisuallyHidden>
        </Button>
      </Group>
    </Step>
  );
}
