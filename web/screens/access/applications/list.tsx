import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Application, ApplicationSecret } from '../../../../src/dialects/web/shapes.ts';
import { applicationsQuery } from '../../../api/applications.ts';
import { Entries, Entry } from '../../../components/entry.tsx';
import { AppIcon } from '../../../components/icons.tsx';
import { AnchorLink } from '../../../components/links.tsx';
import { LastUse, Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { SecretModal } from '../../../components/secret-modal.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import { Back } from '../back.tsx';
import { CreateApplication } from './create.tsx';
import { useSecretOf } from './secret.ts';

/** The company's OAuth applications. */
export function ApplicationList() {
  const { t } = useTranslation();
  const query = useQuery(applicationsQuery);
  const [creating, { open, close }] = useDisclosure();
  const [made, setMade] = useState<ApplicationSecret>();
  const secret = useSecretOf(made, t('access.applications.createdTitle'));
  const create = <Button onClick={open}>{t('access.applications.create')}</Button>;
  const title = t('access.applications.title');
  return (
    <Page
      title={title}
      lead={t('access.applications.lead')}
      back={<Back />}
      actions={query.data?.length ? create : undefined}
    >
      <Loaded query={query}>
        {(applications) =>
          applications.length === 0 ? (
            <Nothing
              icon={<AppIcon size={28} />}
              title={t('access.applications.none')}
              description={t('access.applications.noneText')}
            >
              {create}
            </Nothing>
          ) : (
            <Entries label={title}>
              {applications.map((application) => (
                <ApplicationEntry key={application.clientId} data={application} />
              ))}
            </Entries>
          )
        }
      </Loaded>
      <CreateApplication
        opened={creating}
        onClose={close}
        onMade={(answer) => {
          close();
          setMade(answer);
        }}
      />
      <SecretModal secret={secret} onClose={() => setMade(undefined)} />
    </Page>
  );
}

function ApplicationEntry({ data }: { data: Application }) {
  const { t } = useTranslation();
  return (
    <Entry
      title={
        <AnchorLink to="/api-access/applications/$clientId" params={{ clientId: data.clientId }} fw={600}>
          {data.name}
        </AnchorLink>
      }
      state={data.active ? undefined : { word: t('access.applications.off'), color: 'gray' }}
      description={data.description}
      facts={[
        [t('access.applications.connectedBy'), t('access.applications.people', { count: data.people })],
        [t('access.applications.created'), <Moment key="created" at={data.created} />],
        [t('access.applications.lastUsed'), <LastUse key="used" at={data.lastUsed} />],
      ]}
    />
  );
}
