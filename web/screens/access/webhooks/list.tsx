import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../../../src/dialects/web/shapes.ts';
import { applicationsQuery } from '../../../api/applications.ts';
import { webhooksQuery } from '../../../api/webhooks.ts';
import { Entries, Entry } from '../../../components/entry.tsx';
import { SendIcon } from '../../../components/icons.tsx';
import { AnchorLink } from '../../../components/links.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Page } from '../../../components/page.tsx';
import { type Secret, SecretModal } from '../../../components/secret-modal.tsx';
import { Loaded, Nothing } from '../../../components/states.tsx';
import { Back } from '../back.tsx';
import { CreateWebhook } from './create.tsx';
import { useWebhookWords } from './words.ts';

/** The company's webhooks. */
export function WebhookList() {
  const { t } = useTranslation();
  const query = useQuery(webhooksQuery);
  const [creating, { open, close }] = useDisclosure();
  const [secret, setSecret] = useState<Secret>();
  const title = t('access.webhooks.title');
  const create = <Button onClick={open}>{t('access.webhooks.create')}</Button>;
  return (
    <Page
      title={title}
      lead={t('access.webhooks.lead')}
      back={<Back />}
      actions={query.data?.length ? create : undefined}
    >
      <Loaded query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Nothing
              icon={<SendIcon size={28} />}
              title={t('access.webhooks.none')}
              description={t('access.webhooks.noneText')}
            >
              {create}
            </Nothing>
          ) : (
            <Entries label={title}>
              {webhooks.map((webhook) => (
                <WebhookEntry key={webhook.id} webhook={webhook} />
              ))}
            </Entries>
          )
        }
      </Loaded>
      <CreateWebhook
        opened={creating}
        onClose={close}
        onMade={(answer) => {
          close();
          const value = { label: t('access.webhooks.secret'), value: answer.secret };
          setSecret({ title: t('access.webhooks.made'), values: [value] });
        }}
      />
      <SecretModal secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}

function WebhookEntry({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const words = useWebhookWords();
  const { data: applications = [] } = useQuery(applicationsQuery);
  const application = applications.find(({ clientId }) => clientId === webhook.clientId);
  return (
    <Entry
      title={
        <AnchorLink to="/api-access/webhooks/$webhookId" params={{ webhookId: String(webhook.id) }} fw={600}>
          {webhook.url}
        </AnchorLink>
      }
      state={words.stateOf(webhook)}
      description={webhook.description}
      facts={[
        [
          t('access.webhooks.application'),
          webhook.clientId === '' ? t('access.webhooks.own') : (application?.name ?? webhook.clientId),
        ],
        [t('access.webhooks.resources'), words.listOf(webhook.resources)],
        [t('access.webhooks.actions'), words.listOf(webhook.actions)],
        [t('access.webhooks.created'), <Moment key="created" at={webhook.created} />],
      ]}
    />
  );
}
