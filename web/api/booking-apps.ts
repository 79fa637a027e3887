import { queryOptions } from '@tanstack/react-query';
import type {
  BookingApp,
  BookingAppAnswer,
  BookingAppChange,
  BookingAppSecret,
  BookingApps,
  NewBookingApp,
} from '../../src/dialects/web/shapes.ts';
import { request } from './request.ts';
import { asGiven, useSend } from './send.ts';

const touches = 'booking-apps';
const pathOf = (slug: string): string => `/web/booking-apps/${encodeURIComponent(slug)}`;

/** The company's Timekit apps. */
export const bookingAppsQuery = queryOptions({
  queryKey: [touches],
  queryFn: async (): Promise<readonly BookingApp[]> =>
    (await request<BookingApps>('GET', '/web/booking-apps')).bookingApps,
});

/** Makes an app; the answer tells its app token this once. */
export function useCreateBookingApp() {
  return useSend<BookingAppSecret, NewBookingApp>({
    method: 'POST',
    path: '/web/booking-apps',
    body: asGiven,
    touches,
  });
}

/** Renames an app, or switches it on or off. */
export function useChangeBookingApp(slug: string) {
  return useSend<BookingAppAnswer, BookingAppChange>({ method: 'PUT', path: pathOf(slug), body: asGiven, touches });
}

/** Gives an app other keys; the answer tells the app token this once. */
export function useRotateBookingKeys() {
  return useSend<BookingAppSecret, string>({ method: 'POST', path: (slug) => `${pathOf(slug)}/keys`, touches });
}
