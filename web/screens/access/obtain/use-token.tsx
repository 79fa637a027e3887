import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../../components/code-field.tsx';
import { firstRequest, requestLine } from './grant.ts';
import { Step } from './step.tsx';

/** The last step: a request that works, to copy or to run here. */
export function UseToken({ number, token }: { number: number; token: string | undefined }) {
  const { t } = useTranslation();
  const run = useMutation({
    mutationFn: async (authorization: string) => {
      const answer = await fetch(firstRequest, { headers: { authorization }, credentials: 'omit' });
      return { status: answer.status, text: JSON.stringify(await answer.json(), null, 2) };
    },
  });
  return (
    <Step
      number={number}
      title={t('access.walk.use')}
      text={t('access.walk.useText')}
      open={token !== undefined}
      done={run.data?.status === 200}
    >
      {token !== undefined && (
        <>
          <CodeField label={t('access.walk.curl')} value={requestLine(token)} lines />
          <Group>
            <Button loading={run.isPending} onClick={() => run.mutate(`Bearer ${token}`)}>
              {t('access.walk.run')}
            </Button>
          </Group>
          {run.error !== null && <Alert color="red">{t('failure.offline')}</Alert>}
          {run.data !== undefined && (
            <div role="status">
              <Text size="sm" fw={500} mb={4}>
                {t('access.walk.answer', { status: run.data.status })}
              </Text>
              <Code block mah={320} tabIndex={0}>
                {run.data.text}
              </Code>
            </div>
          )}
        </>
      )}
    </Step>
  );
}
