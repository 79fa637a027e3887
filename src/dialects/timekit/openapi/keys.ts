import type { SecurityRequirement, SecurityScheme } from '../../../http/openapi/types.ts';
import type { Door } from '../../../operations/tokens.ts';
import { type Route, serverDoors } from '../route.ts';

interface Key {
  readonly scheme: string;
  /** How sentences call it. */
  readonly name: string;
  readonly description: string;
}

/** The kinds of keys, by door. Reference: (a) Authentication. */
const keys: Readonly<Partial<Record<Door, Key>>> = {
  timekit: {
    scheme: 'TimekitAppToken',
    name: 'app token',
    description:
      'The token of an application, for servers: Basic authentication with an empty user name. It acts as the application and reaches everything of it.',
  },
  'timekit-server': {
    scheme: 'TimekitServerToken',
    name: 'server-token',
    description:
      'Email and server-token of a resource, with the header `Timekit-App`. It acts as that person, and reaches everything of that one alone.',
  },
  'timekit-widget': {
    scheme: 'TimekitWidgetKey',
    name: 'widget key',
    description:
      'The key of an application that web pages carry: Basic authentication with an empty user name. It makes the calls of the booking widget, and learns nothing about customers.',
  },
  'timekit-client': {
    scheme: 'TimekitClientToken',
    name: 'client-token',
    description:
      'Email and client-token of a resource, with the header `Timekit-App`. Web pages may carry it: it reads what is public of that person, and books.',
  },
};

export const securitySchemes: Readonly<Record<string, SecurityScheme>> = Object.fromEntries(
  Object.values(keys).map(({ scheme, description }) => [scheme, { type: 'http', scheme: 'basic', description }]),
);

const ofDoors = (doors: readonly Door[]): readonly Key[] => doors.flatMap((door) => keys[door] ?? []);

/** The keys that may call what does not say otherwise. */
export const security: readonly SecurityRequirement[] = ofDoors(serverDoors).map(({ scheme }) => ({ [scheme]: [] }));

/** The keys of a route, each of which is enough. */
export function securityOf({ doors = serverDoors, open }: Route): readonly SecurityRequirement[] {
  return open === undefined ? ofDoors(doors).map(({ scheme }) => ({ [scheme]: [] })) : [];
}

/** The same in words. */
export function keysInWords({ doors = serverDoors, open }: Route): string {
  const names = ofDoors(doors).map(({ name }) => name);
  return open === undefined ? `Keys: ${names.join(', ')}.` : 'Needs no key.';
}
