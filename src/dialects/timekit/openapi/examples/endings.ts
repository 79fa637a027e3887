import type { Exchange } from './exchange.ts';
import { firm } from './firm.ts';

/** What is taken away in the end. */
export const endings: readonly Exchange[] = [
  { call: 'deleteProject', params: { id: firm.inspection } },
  { call: 'deleteEvent', params: { id: firm.course } },
  { call: 'deleteCalendar', params: { id: firm.courses } },
  { call: 'deleteResource', params: { id: firm.ben } },
  { call: 'deleteApp', key: 'server-token', params: { slug: 'website' } },
  { call: 'deleteCredential', params: { id: firm.credential } },
];
