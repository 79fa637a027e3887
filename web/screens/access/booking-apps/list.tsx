import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookingAppSecret } from '../../../../src/dialects/web/shapes.ts';
import { bookingAppsQuery } from '../../../api/booking-apps.ts';
import { Entries } from '../../../components/entry.tsx';
import { CalendarIcon } from '../../../components/icons.tsx';
import { Page } from '../../../components/page.tsx';
import { type Secret, SecretModal } from '../../../components/secret-modal.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import { Back } from '../back.tsx';
import { BookingAppEntry } from './app-entry.tsx';
import { CreateBookingApp } from './create.tsx';

/** The company's Timekit apps. */
export function BookingAppList() {
  const { t } = useTranslation();
  const query = useQuery(bookingAppsQuery);
  const [creating, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<Secret>();
  const show = (title: string, { appToken, bookingApp }: BookingAppSecret) =>
    setSecret({
      title,
      values: [
        { label: t('access.bookingApps.slug'), value: bookingApp.slug },
        { label: t('access.bookingApps.appToken'), value: appToken },
        { label: t('access.bookingApps.widgetKey'), value: bookingApp.widgetKey },
      ],
    });
  const title = t('access.bookingApps.title');
  const create = <Button onClick={open}>{t('access.bookingApps.create')}</Button>;
  return (
    <Page
      title={title}
      lead={t('access.bookingApps.lead')}
      back={<Back />}
      actions={query.data?.length ? create : undefined}
    >
      <Loaded query={query}>
        {(apps) =>
          apps.length === 0 ? (
            <Nothing
              icon={<CalendarIcon size={28} />}
              title={t('access.bookingApps.none')}
              description={t('access.bookingApps.noneText')}
            >
              {create}
            </Nothing>
          ) : (
            <Entries label={title}>
              {apps.map((app) => (
                <BookingAppEntry
                  key={app.slug}
                  app={app}
                  onRotated={(answer) => show(t('access.bookingApps.rotated', { name: app.name }), answer)}
                />
              ))}
            </Entries>
          )
        }
      </Loaded>
      <CreateBookingApp
        opened={creating}
        onClose={close}
        onMade={(answer) => {
          close();
          show(t('access.bookingApps.made'), answer);
        }}
      />
      <SecretModal secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}
