import { idempotencyKey } from '../../../http/openapi/idempotency.ts';
import type { Description } from '../../../http/openapi/types.ts';
import { propertiesSchema } from '../said/get.ts';
import { jobcodeSchema } from '../said/jobcodes.ts';
import { projectHoursSchema, timesheetSchema } from '../said/timesheets.ts';
import { userSchema } from '../said/users.ts';
import { errorResponses, errorTable, failureSchema } from './errors.ts';
import { outputFormat, paths } from './paths.ts';

const about = `
The first API of TSheets: one address, \`/api.php\`, whose parameter \`action\` says what to do.

Parameters come from the query and from the body, by GET or POST; the body wins. Bodies are forms, multipart forms or flat JSON
objects, of 2 MB at most. A blank parameter is one that is not given. Answers are XML, or JSON by \`output_format=json\`; whether
something is so is 1 or 0 in both.

A session begins with \`get_token\`, which takes an API key, and \`login\`; every request after that carries the token.

This document has a path for each action, \`/api.php/\` and its name, since it can not tell operations apart by a parameter. The
server takes these paths, too; clients of old write \`/api.php\`.`.trim();

const requests = `
What every action has in common. A failure is answered with HTTP 200, status \`fail\` and a number, but for too many requests (429),
other methods (405), what HTTP itself refuses (4xx), and faults of the server (5xx).

${errorTable}`.trim();

let described: Description | undefined;

/** TSheets' legacy API as the OpenAPI document says it. */
export function describeLegacy(): Description {
  described ??= describe();
  return described;
}

function describe(): Description {
  return {
    name: 'tsheets-legacy',
    title: 'TSheets legacy API',
    description: about,
    groups: [
      {
        name: 'Getting in',
        tags: [
          { name: 'Requests', description: requests, 'x-object': 'LegacyFailure' },
          {
            name: 'Sessions',
            description:
              'A session is opened by an API key, and belongs to whoever logs in. Its token stands in every request as `token`.',
          },
        ],
      },
      {
        name: 'Time',
        tags: [
          {
            name: 'Clock',
            description: 'Starting, switching and ending timesheets, for oneself or for somebody else.',
          },
          {
            name: 'Timesheets',
            description: 'A piece of time that somebody worked or took off.',
            'x-object': 'LegacyTimesheet',
          },
          {
            name: 'Project hours',
            description: 'Hours of completed time, summed up.',
            'x-object': 'LegacyProjectHours',
          },
          { name: 'Locations', description: 'Where people are while they work.' },
        ],
      },
      {
        name: 'Company',
        tags: [
          {
            name: 'Job codes',
            description:
              'What time is recorded on. Job codes stand in a tree: customers, projects and tasks, for example.',
            'x-object': 'LegacyJobCode',
          },
          { name: 'Users', description: 'The people of the company.', 'x-object': 'LegacyUser' },
          {
            name: 'Properties',
            description: 'Single facts about a user, the company and the time of today.',
            'x-object': 'LegacyProperties',
          },
        ],
      },
      {
        name: 'Support',
        tags: [{ name: 'Failed requests', description: 'What clients that were offline could not do later.' }],
      },
    ],
    paths: paths(),
    schemas: {
      LegacyFailure: failureSchema,
      LegacyTimesheet: timesheetSchema,
      LegacyProjectHours: projectHoursSchema,
      LegacyJobCode: jobcodeSchema,
      LegacyUser: userSchema,
      LegacyProperties: propertiesSchema,
    },
    parameters: { LegacyOutputFormat: outputFormat, LegacyIdempotencyKey: idempotencyKey },
    responses: errorResponses,
    securitySchemes: {
      LegacyToken: {
        type: 'apiKey',
        in: 'query',
        name: 'token',
        description: 'The token of a session, from `get_token`. It may stand in the body, too.',
      },
    },
    security: [{ LegacyToken: [] }],
  };
}
