import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import { applicationsQuery, useCreateApplication, useRotateSecret } from '../../../api/applications.ts';
import { CodeField } from '../../../components/code-field.tsx';
import { FormAlert } from '../../../components/form-alert.tsx';
import { PasswordField } from '../../../components/password-field.tsx';
import { Loaded } from '../../../components/states.tsx';
import { ownRedirect } from './grant.ts';
import { Step } from './step.tsx';

/** An application, and its secret as far as this page knows it. */
export interface Chosen {
  readonly application: Application;
  readonly secret: string;
}

interface ChooseApplicationProps {
  readonly chosen: Chosen | undefined;
  readonly onChoose: (chosen: Chosen | undefined) => void;
}

/** Step 1: an application that is there, or a new one. */
export function ChooseApplication({ chosen, onChoose }: ChooseApplicationProps) {
  const { t } = useTranslation();
  const query = useQuery(applicationsQuery);
  const create = useCreateApplication();
  const rotate = useRotateSecret();
  const take = {
    onSuccess: ({ application, clientSecret }: ApplicationSecret) => onChoose({ application, secret: clientSecret }),
  };
  const register = () => create.mutate({ name: t('access.walk.registerName'), redirectUris: [ownRedirect] }, take);
  const clientId = chosen?.application.clientId;
  return (
    <Step
      number={1}
      title={t('access.walk.choose')}
      text={t('access.walk.chooseText')}
      open
      done={chosen !== undefined && chosen.secret !== ''}
    >
      <FormAlert>{create.error?.message ?? rotate.error?.message}</FormAlert>
      <Loaded query={query}>
        {(all) => {
          const usable = all.filter(({ active }) => active);
          const data = usable.map((application) => ({ value: application.clientId, label: application.name }));
          return (
            <Group align="flex-end">
              {usable.length > 0 && (
                <NativeSelect
                  flex="1 1 14rem"
                  label={t('access.walk.application')}
                  value={clientId ?? ''}
                  data={[{ value: '', label: t('access.walk.pick') }, ...data]}
                  onChange={({ currentTarget: { value } }) => {
                    const application = usable.find((candidate) => candidate.clientId === value);
                    onChoose(application && { application, secret: '' });
                  }}
                />
              )}
              <Button variant={usable.length > 0 ? 'default' : 'filled'} loading={create.isPending} onClick={register}>
                {t('access.walk.register')}
              </Button>
            </Group>
          );
        }}
      </Loaded>
      {chosen !== undefined && clientId !== undefined && (
        <>
          <CodeField label={t('access.applications.clientId')} value={clientId} />
          <Group align="flex-end">
            <PasswordField
              flex="1 1 14rem"
              label={t('access.applications.clientSecret')}
              description={t('access.walk.secretText')}
              autoComplete="off"
              value={chosen.secret}
              onChange={({ currentTarget: { value } }) => onChoose({ ...chosen, secret: value.trim() })}
            />
            {chosen.secret === '' && (
              <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(clientId, take)}>
                {t('access.applications.rotate')}
              </Button>
            )}
          </Group>
        </>
      )}
    </Step>
  );
}
