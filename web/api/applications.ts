import { queryOptions } from '@tanstack/react-query';
import type {
  Application,
  ApplicationAnswer,
  ApplicationChange,
  ApplicationSecret,
  Applications,
  NewApplication,
} from '../../src/dialects/web/shapes.ts';
import { request } from './request.ts';
import { asGiven, useSend } from './send.ts';

const touches = 'applications';
const pathOf = (clientId: string): string => `/web/applications/${encodeURIComponent(clientId)}`;

/** The company's OAuth applications. */
export const applicationsQuery = queryOptions({
  queryKey: [touches],
  queryFn: async (): Promise<readonly Application[]> =>
    (await request<Applications>('GET', '/web/applications')).applications,
});

/** Registers an application; the answer tells its secret this once. */
export function useCreateApplication() {
  return useSend<ApplicationSecret, NewApplication>({
    method: 'POST',
    path: '/web/applications',
    body: asGiven,
    touches,
  });
}

/** Changes an application, or switches it on or off. */
export function useChangeApplication(clientId: string) {
  return useSend<ApplicationAnswer, ApplicationChange>({
    method: 'PUT',
    path: pathOf(clientId),
    body: asGiven,
    touches,
  });
}

/** Removes an application with all its tokens. */
export function useDeleteApplication(clientId: string) {
  return useSend<void>({ method: 'DELETE', path: pathOf(clientId), touches });
}

/** Gives an application another secret; the answer tells it this once. */
export function useRotateSecret() {
  return useSend<ApplicationSecret, string>({
    method: 'POST',
    path: (clientId) => `${pathOf(clientId)}/secret`,
    touches,
  });
}
