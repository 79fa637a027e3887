import { Button, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { WebhookDelivery } from '../../../../src/dialects/web/shapes.ts';
import { deliveriesQuery, useReplay } from '../../../api/webhooks.ts';
import { Entries, Entry, type Fact } from '../../../components/entry.tsx';
import { Moment } from '../../../components/moment.tsx';
import { Section } from '../../../components/section.tsx';
import { Loaded } from '../../../components/states.tsx';
import { tellFailure } from '../../../components/tell.ts';
import { useWebhookWords } from './words.ts';

/** The latest messages of a webhook, and what came of them. */
export function Deliveries({ id }: { id: number }) {
  const { t } = useTranslation();
  const query = useQuery(deliveriesQuery(id));
  return (
    <Section title={t('access.webhooks.deliveries')}>
      <Loaded query={query}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <Text c="dimmed">{t('access.webhooks.noDeliveries')}</Text>
          ) : (
            <Entries label={t('access.webhooks.deliveries')}>
              {deliveries.map((delivery) => (
                <DeliveryEntry key={delivery.id} webhookId={id} delivery={delivery} />
              ))}
            </Entries>
          )
        }
      </Loaded>
    </Section>
  );
}

function DeliveryEntry({ webhookId, delivery }: { webhookId: number; delivery: WebhookDelivery }) {
  const { t } = useTranslation();
  const words = useWebhookWords();
  const replay = useReplay(webhookId);
  const { resource, action, objectId, lastStatusCode, lastAttempt, nextAttempt, error, response } = delivery;
  const facts: Fact[] = [
    [t('access.webhooks.happened'), <Moment key="created" at={delivery.created} withTime />],
    [t('access.webhooks.attempts'), delivery.attempts],
    [t('access.webhooks.answer'), lastStatusCode ?? t('access.webhooks.noAnswer')],
  ];
  if (lastAttempt !== null) {
    facts.push([t('access.webhooks.lastAttempt'), <Moment key="last" at={lastAttempt} withTime />]);
  }
  if (nextAttempt !== null) {
    facts.push([t('access.webhooks.nextAttempt'), <Moment key="next" at={nextAttempt} withTime />]);
  }
  return (
    <Entry
      title={t('access.webhooks.event', { resource, action: t(`access.webhooks.happenings.${action}`), id: objectId })}
      state={words.outcomeOf(delivery)}
      description={error}
      facts={facts}
      actions={
        delivery.status !== 'waiting' && (
          <Button
            variant="default"
            size="sm"
            loading={replay.isPending}
            onClick={() => replay.mutate(delivery.id, { onError: tellFailure })}
          >
            {t('access.webhooks.replay')}
          </Button>
        )
      }
    >
      {delivery.status === 'failed' && response !== '' && (
        <Code block tabIndex={0}>
          {response}
        </Code>
      )}
    </Entry>
  );
}
