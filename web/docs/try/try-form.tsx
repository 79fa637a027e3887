import { Alert, Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mediaOf } from '../reference/example.ts';
import { keyWayOf, withKey } from '../reference/keys.ts';
import type { Endpoint } from '../reference/model.ts';
import { draftOf, keyOf, requestOf } from '../reference/request.ts';
import { useApi } from '../reference/use-api.ts';
import { send } from './send.ts';
import classes from './try.module.css';
import { TryAnswer } from './try-answer.tsx';
import { TryKeyField } from './try-key-field.tsx';
import { TryParameters } from './try-parameters.tsx';
import { useTryKey } from './use-try-key.ts';

/** The parameters and the body of a request, filled with the example, and the answer below them. */
export function TryForm({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation('docs');
  const { document } = useApi();
  const [draft, setDraft] = useState(() => draftOf(endpoint, document.components.schemas));
  const way = keyWayOf(endpoint, document);
  const key = useTryKey(endpoint.dialect);
  const sending = useMutation({
    mutationFn: async () => {
      const request = requestOf(endpoint, draft, window.location.origin);
      return send(way.kind === 'none' ? request : withKey(request, way, await key.obtain()));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <form onSubmit={submit} className={classes.form} aria-label={t('try.openFor', { name: endpoint.summary })}>
      <Stack gap="sm">
        {way.kind !== 'none' && <TryKeyField tryKey={key} />}
        <TryParameters
          parameters={endpoint.parameters}
          values={draft.values}
          onChange={(parameter, value) =>
            setDraft({ ...draft, values: { ...draft.values, [keyOf(parameter)]: value } })
          }
        />
        {mediaOf(endpoint.operation.requestBody?.content) !== undefined && (
          <Textarea
            size="xs"
            label={t('endpoint.body')}
            classNames={{ input: classes.code }}
            autosize
            minRows={3}
            maxRows={18}
            spellCheck={false}
            value={draft.body}
            onChange={({ currentTarget }) => setDraft({ ...draft, body: currentTarget.value })}
          />
        )}
        <div className={classes.send}>
          <Button type="submit" size="sm" loading={sending.isPending} disabled={!key.ready && way.kind !== 'none'}>
            {t('try.send', { method: endpoint.method.toUpperCase() })}
          </Button>
          {endpoint.method !== 'get' && (
            <Text size="xs" c="dimmed">
              {t('try.writes')}
            </Text>
          )}
        </div>
        {sending.error !== null && (
          <Alert color="red" title={t('try.failed')}>
            {sending.error.message}
          </Alert>
        )}
        <div aria-live="polite">{sending.data !== undefined && <TryAnswer answer={sending.data} />}</div>
      </Stack>
    </form>
  );
}
