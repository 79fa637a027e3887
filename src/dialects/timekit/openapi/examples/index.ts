import { access } from './access.ts';
import { availability } from './availability.ts';
import { booked } from './booked.ts';
import { bookings } from './bookings.ts';
import { calendars } from './calendars.ts';
import { endings } from './endings.ts';
import type { Exchange } from './exchange.ts';
import { people } from './people.ts';
import { projects } from './projects.ts';
import { steps } from './steps.ts';

export type { Exchange } from './exchange.ts';

/**
 * A firm sets up its bookings, in this order, with the header `Timekit-Timezone: America/New_York`. A test sends all of it to
 * a server, and demands these answers.
 */
export const exchanges: readonly Exchange[] = [
  ...access,
  ...people,
  ...calendars,
  ...projects,
  ...availability,
  ...bookings,
  ...booked,
  ...steps,
  ...endings,
];

/** The examples of a call. */
export function exchangesOf(call: string): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.call === call);
}
