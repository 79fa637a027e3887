import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { BookingApp, BookingAppSecret } from '../../../../src/dialects/web/shapes.ts';
import { useChangeBookingApp, useRotateBookingKeys } from '../../../api/booking-apps.ts';
import { CodeField } from '../../../components/code-field.tsx';
import { Confirm } from '../../../components/confirm.tsx';
import { Entry } from '../../../components/entry.tsx';
import { LastUse, Moment } from '../../../components/moment.tsx';
import { tellFailure } from '../../../components/tell.ts';

interface BookingAppEntryProps {
  readonly app: BookingApp;
  readonly onRotated: (answer: BookingAppSecret) => void;
}

/** One Timekit app: its widget key, new keys, off and on. */
export function BookingAppEntry({ app, onRotated }: BookingAppEntryProps) {
  const { t } = useTranslation();
  const { name, slug, active, owner } = app;
  const rotate = useRotateBookingKeys();
  const change = useChangeBookingApp(slug);
  const [rotating, { open: askRotate, close: closeRotate }] = useDisclosure();
  const [switching, { open: askSwitch, close: closeSwitch }] = useDisclosure();
  const states = [!active && t('access.bookingApps.off'), app.testMode && t('access.bookingApps.inTestMode')];
  const word = states.find((state) => state !== false);
  return (
    <>
      <Entry
        title={name}
        state={word === undefined ? undefined : { word, color: active ? 'yellow' : 'gray' }}
        facts={[
          [t('access.bookingApps.slug'), slug],
          [t('access.bookingApps.owner'), owner.active ? owner.name : t('access.keys.ownerArchived', owner)],
          [t('access.bookingApps.keysCreated'), <Moment key="keys" at={app.keysCreated} />],
          [t('access.bookingApps.lastUsed'), <LastUse key="used" at={app.lastUsed} />],
        ]}
        actions={
          <>
            <Button
              variant="default"
              size="sm"
              onClick={askRotate}
              aria-label={t('access.bookingApps.rotateNamed', { name })}
            >
              {t('access.bookingApps.rotate')}
            </Button>
            <Button
              variant="default"
              size="sm"
              loading={change.isPending}
              onClick={active ? askSwitch : () => change.mutate({ active: true }, { onError: tellFailure })}
              aria-label={t(active ? 'access.bookingApps.switchOffNamed' : 'access.bookingApps.switchOnNamed', {
                name,
              })}
            >
              {t(active ? 'access.bookingApps.switchOff' : 'access.bookingApps.switchOn')}
            </Button>
          </>
        }
      >
        <CodeField label={t('access.bookingApps.widgetKey')} value={app.widgetKey} />
      </Entry>
      <Confirm
        opened={rotating}
        title={t('access.bookingApps.rotateTitle', { name })}
        text={t('access.bookingApps.rotateText')}
        action={t('access.bookingApps.rotate')}
        onClose={closeRotate}
        onConfirm={async () => onRotated(await rotate.mutateAsync(slug))}
      />
      <Confirm
        opened={switching}
        title={t('access.bookingApps.switchOffTitle', { name })}
        text={t('access.bookingApps.switchOffText')}
        action={t('access.bookingApps.switchOff')}
        onClose={closeSwitch}
        onConfirm={() => change.mutateAsync({ active: false })}
      />
    </>
  );
}
