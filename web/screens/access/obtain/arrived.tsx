import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeField } from '../../../components/code-field.tsx';
import { type Arrival, handOver } from './arrival.ts';

/** Shown to somebody who comes back with a code: another tab may be waiting for it. */
export function Arrived({ arrived, onDone }: { arrived: Arrival; onDone: () => void }) {
  const { t } = useTranslation();
  const [taken, setTaken] = useState<boolean>();
  useEffect(() => void handOver(arrived).then((other) => setTaken((before) => before || other)), [arrived]);
  if (taken === undefined) return <Skeleton height={120} />;
  const title = taken
    ? t('access.walk.handedOver')
    : arrived.code === undefined
      ? undefined
      : t('access.walk.received');
  const text =
    arrived.code === undefined ? t('access.walk.refused', { reason: arrived.refusal }) : t('access.walk.receivedText');
  return (
    <Stack>
      <Alert color={arrived.code === undefined ? 'red' : 'punch'} title={title} role="status">
        {taken ? t('access.walk.handedOverText') : text}
      </Alert>
      {!taken && arrived.code !== undefined && <CodeField label={t('access.walk.codeLabel')} value={arrived.code} />}
      <Group>
        <Button variant="default" onClick={onDone}>
          {t('access.walk.again')}
        </Button>
      </Group>
    </Stack>
  );
}
