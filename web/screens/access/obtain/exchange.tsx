import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../../components/code-field.tsx';
import { FormAlert } from '../../../components/form-alert.tsx';
import { exchange, type Grant, grantLine } from './grant.ts';
import { Step } from './step.tsx';

interface ExchangeProps {
  /** Undefined until all of it is known. */
  readonly grant: Grant | undefined;
  readonly done: boolean;
  readonly onToken: (token: string) => void;
}

/** Step 4: a token for the code. */
export function Exchange({ grant, done, onToken }: ExchangeProps) {
  const { t } = useTranslation();
  const trade = useMutation({ mutationFn: exchange, onSuccess: onToken });
  return (
    <Step
      number={4}
      title={t('access.walk.exchange')}
      text={t('access.walk.exchangeText')}
      open={grant !== undefined}
      done={done}
    >
      {grant !== undefined && (
        <>
          <CodeField label={t('access.walk.curl')} value={grantLine(grant)} lines />
          <FormAlert>
            {trade.error === null || done
              ? undefined
              : t('access.walk.exchangeFailed', { reason: trade.error.message })}
          </FormAlert>
          {!done && (
            <Group>
              <Button loading={trade.isPending} onClick={() => trade.mutate(grant)}>
                {t('access.walk.exchangeAction')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Step>
  );
}
