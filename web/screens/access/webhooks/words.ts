import { useTranslation } from 'react-i18next';
import type { Webhook, WebhookDelivery } from '../../../../src/dialects/web/shapes.ts';

const colors = { active: 'punch', off: 'gray', paused: 'yellow', stopped: 'red' } as const;
const deliveryColors = { waiting: 'yellow', delivered: 'punch', failed: 'red' } as const;

/** Words for the states and choices of webhooks. */
export function useWebhookWords() {
  const { t } = useTranslation();
  return {
    stateOf: ({ status }: Webhook) => ({ word: t(`access.webhooks.states.${status}`), color: colors[status] }),
    outcomeOf: ({ status }: WebhookDelivery) => ({
      word: t(`access.webhooks.outcomes.${status}`),
      color: deliveryColors[status],
    }),
    listOf: (names: readonly string[]) => (names.includes('*') ? t('access.webhooks.all') : names.join(', ')),
  };
}
