import { idempotencyKey } from '../../../http/openapi/idempotency.ts';
import type { Description, Tag } from '../../../http/openapi/types.ts';
import { departmentSchema } from '../departments/said.ts';
import { employeeSchema } from '../employees/shape.ts';
import { punchSchema, shiftSchema } from '../shifts/shape.ts';
import { errorResponses, errorSchema } from './errors.ts';
import { pathsOf, type SaidVersion, versions } from './paths.ts';

const about = `
The API of TimeStation, version 1, below \`/v1\`. \`/v1.1\` differs in one thing: a POST answers 201.

Bodies are forms or flat JSON objects. Numbers in answers are texts, and what is empty is left out. A PUT replaces: what is
not sent is cleared. All keys of a company together may send 5,000 requests in any 24 hours.

A refusal is \`{"error": {"error_code": "402", "error_text": "…"}}\` with the same code as its HTTP status. A method that an
address does not have is a 405.`.trim();

const objects = [
  {
    name: 'Employees',
    description:
      'Somebody who tracks time: an active user of the other APIs with the permission `time_tracking`. Each has a primary ' +
      'department, a card with a number and a QR code, and may have a PIN.',
    'x-object': 'TimeStationEmployee',
  },
  {
    name: 'Departments',
    description: 'A part of the firm in which people work: a jobcode at the top level of the other APIs.',
    'x-object': 'TimeStationDepartment',
  },
  {
    name: 'Shifts',
    description:
      'Work from a check-in to a check-out: a timesheet of the other APIs. Breaks, time off and hours without a beginning and ' +
      'an end are none. An employee has one open shift at most.',
    'x-object': 'TimeStationShift',
  },
] as const satisfies readonly Tag[];

let described: Description | undefined;

/** The TimeStation API as the OpenAPI document says it. */
export function describeTimeStation(): Description {
  described ??= describe();
  return described;
}

function describe(): Description {
  const heading = ({ prefix }: SaidVersion): string => `Version ${prefix.slice(2)}`;
  return {
    name: 'timestation',
    title: 'TimeStation API v1',
    description: about,
    groups: versions.map((version) => ({
      name: heading(version),
      tags: objects.map((tag) => ({ ...tag, name: `${tag.name}${version.suffix}` })),
    })),
    paths: Object.assign({}, ...versions.map(pathsOf)),
    schemas: {
      TimeStationEmployee: employeeSchema,
      TimeStationDepartment: departmentSchema,
      TimeStationShift: shiftSchema,
      TimeStationPunch: punchSchema,
      TimeStationError: errorSchema,
    },
    parameters: { TimeStationIdempotencyKey: idempotencyKey },
    responses: errorResponses,
    securitySchemes: {
      TimeStationBasic: {
        type: 'http',
        scheme: 'basic',
        description:
          'An API key as the user name; the password does not matter. Keys act as the user that they are made for.',
      },
      TimeStationBearer: { type: 'http', scheme: 'bearer', description: 'The same API key as a bearer token.' },
    },
    security: [{ TimeStationBasic: [] }, { TimeStationBearer: [] }],
  };
}
