import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../../components/page.tsx';
import { Back } from '../back.tsx';
import { arrival } from './arrival.ts';
import { Arrived } from './arrived.tsx';
import { OAuthWay } from './oauth-way.tsx';
import { PersonalWay } from './personal-way.tsx';

type Way = 'oauth' | 'personal';

/** The walkthrough from nothing to a request that works. */
export function ObtainPage() {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>('oauth');
  const [arrived, setArrived] = useState(arrival);
  const ways = (['oauth', 'personal'] as const).map((value) => ({ value, label: t(`access.walk.ways.${value}`) }));
  return (
    <Page title={t('access.obtain.title')} lead={t('access.walk.lead')} back={<Back />}>
      {arrived === undefined ? (
        <>
          <Stack gap="xs" align="flex-start">
            <SegmentedControl<Way>
              transitionDuration={0}
              aria-label={t('access.walk.way')}
              value={way}
              onChange={setWay}
              data={ways}
            />
            <Text size="sm" c="dimmed">
              {t(`access.walk.waysHint.${way}`)}
            </Text>
          </Stack>
          {way === 'oauth' ? <OAuthWay /> : <PersonalWay />}
        </>
      ) : (
        <Arrived arrived={arrived} onDone={() => setArrived(undefined)} />
      )}
    </Page>
  );
}
