import type { Description, Method, Operation, Schema } from '../../../http/openapi/types.ts';
import { schemas as apps } from '../apps/schemas.ts';
import { schemas as availability } from '../availability/schemas.ts';
import { schemas as bookings } from '../bookings/schemas.ts';
import { schemas as calendars } from '../calendars/schemas.ts';
import { schemas as credentials } from '../credentials/schemas.ts';
import { schemas as events } from '../events/schemas.ts';
import { schemas as projects } from '../projects/schemas.ts';
import { schemas as resources } from '../resources/schemas.ts';
import { routes } from '../routes.ts';
import { withAccess } from './access.ts';
import { security, securitySchemes } from './keys.ts';
import { operationOf, pathOf } from './operation.ts';
import { parameters } from './parameters.ts';
import { errorSchemas, responses } from './responses.ts';
import { groups } from './tags.ts';
import { said } from './words.ts';

/** By their names without the dialect. */
const named: Readonly<Record<string, Schema>> = {
  ...apps,
  ...resources,
  ...calendars,
  ...events,
  ...projects,
  ...availability,
  ...bookings,
  ...credentials,
  Timestamp: {
    type: 'string',
    description:
      'A moment: RFC 3339 with a numeric offset, never `Z`, unless the request names another format. In the zone of the request, or of what it is about.',
    examples: ['2026-06-24T08:00:00-04:00'],
  },
  InputTimestamp: said(
    'A moment: RFC 3339, or in the format that the request names. Without an offset it is read in the zone of the request, or else of the resource.',
    { examples: ['2026-06-24T08:00:00-04:00'] },
  ),
};

let described: Description | undefined;

/** What Timekit's API is, with every call of `routes`. */
export function describeTimekit(): Description {
  described ??= {
    name: 'timekit',
    title: 'Timekit API v2',
    description: [
      'Booking of people’s time: resources with calendars and working hours, free times, bookings with their workflows, and the projects that web pages show. Timekit’s own SDK and booking widget run on it as they are.',
      'Bodies are JSON, whatever type they name. A field that is `null` counts as not given, one that is not known is ignored. Texts may have 255 characters where nothing else is said. A true or false may also be 1, 0, `"true"` or `"false"`, a whole number a text.',
      'Every success is `{"data": …}`, with the keys of a page beside it for lists, or 204 without a body. An address that is served, called in a way that it is not, is answered 405 `{"error": …}`. `HEAD` is answered as `GET` is, and pages of any origin may call.',
      'The examples are of one firm, and all are sent with `Timekit-Timezone: America/New_York`.',
    ].join('\n\n'),
    groups,
    paths: pathsOf(),
    schemas: {
      ...errorSchemas,
      ...Object.fromEntries(Object.entries(withAccess(named)).map(([name, schema]) => [`Timekit${name}`, schema])),
    },
    parameters,
    responses,
    securitySchemes,
    security,
  };
  return described;
}

function pathsOf(): Description['paths'] {
  const paths: Record<string, Partial<Record<Method, Operation>>> = {};
  for (const route of routes) {
    const path = pathOf(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return paths;
}
