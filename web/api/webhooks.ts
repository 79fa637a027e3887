import { queryOptions } from '@tanstack/react-query';
import type {
  NewWebhook,
  Webhook,
  WebhookAnswer,
  WebhookChange,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookDeliveryAnswer,
  WebhookSecret,
  Webhooks,
} from '../../src/dialects/web/shapes.ts';
import { request } from './request.ts';
import { asGiven, useSend } from './send.ts';

const touches = 'webhooks';
const pathOf = (id: number): string => `/web/webhooks/${id}`;

/** The company's webhooks. */
export const webhooksQuery = queryOptions({
  queryKey: [touches],
  queryFn: async (): Promise<readonly Webhook[]> => (await request<Webhooks>('GET', '/web/webhooks')).webhooks,
});

/** The latest deliveries of a webhook, the newest first. They are read anew while the page is open. */
export function deliveriesQuery(id: number) {
  return queryOptions({
    queryKey: [touches, id, 'deliveries'],
    queryFn: async (): Promise<readonly WebhookDelivery[]> =>
      (await request<WebhookDeliveries>('GET', `${pathOf(id)}/deliveries`)).deliveries,
    refetchInterval: 10_000,
  });
}

/** Makes a webhook; the answer tells its secret this once. */
export function useCreateWebhook() {
  return useSend<WebhookSecret, NewWebhook>({ method: 'POST', path: '/web/webhooks', body: asGiven, touches });
}

/** Changes a webhook, switches it off, or lets it go on. */
export function useChangeWebhook(id: number) {
  return useSend<WebhookAnswer, WebhookChange>({ method: 'PUT', path: pathOf(id), body: asGiven, touches });
}

/** Removes a webhook with its deliveries. */
export function useDeleteWebhook(id: number) {
  return useSend<void>({ method: 'DELETE', path: pathOf(id), touches });
}

/** Gives a webhook another secret; the answer tells it this once. */
export function useRotateWebhookSecret(id: number) {
  return useSend<WebhookSecret>({ method: 'POST', path: `${pathOf(id)}/secret`, touches });
}

/** Delivers a message again. */
export function useReplay(id: number) {
  return useSend<WebhookDeliveryAnswer, number>({
    method: 'POST',
    path: (deliveryId) => `${pathOf(id)}/deliveries/${deliveryId}/replay`,
    touches,
  });
}
