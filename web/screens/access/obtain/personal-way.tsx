import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateKey } from '../../../api/keys.ts';
import { FormAlert } from '../../../components/form-alert.tsx';
import { Step } from './step.tsx';
import { UseToken } from './use-token.tsx';

/** The short way: a token of one's own. */
export function PersonalWay() {
  const { t } = useTranslation();
  const create = useCreateKey('tokens');
  const [token, setToken] = useState<string>();
  const make = () =>
    create.mutate(
      { label: t('access.walk.tokenLabel'), expiresInDays: 30 },
      { onSuccess: ({ secret }) => setToken(secret) },
    );
  return (
    <Stack>
      <Step
        number={1}
        title={t('access.walk.makeToken')}
        text={t('access.walk.makeTokenText')}
        open
        done={token !== undefined}
      >
        <FormAlert>{create.error?.message}</FormAlert>
        {token === undefined && (
          <Group>
            <Button loading={create.isPending} onClick={make}>
              {t('access.walk.makeTokenAction')}
            </Button>
          </Group>
        )}
      </Step>
      <UseToken number={2} token={token} />
    </Stack>
  );
}
