import type { Operation, Parameter, Schema } from '../../../http/openapi/types.ts';
import { fileFormats } from '../../../reports/payroll-files/payroll-file.ts';
import { sections } from '../../../resources/effective-settings/defaults.ts';
import { resources } from '../../../resources/index.ts';
import { ledgerKinds } from '../../../rules/accrual/ledger.ts';
import { documentedEndpoints } from '../endpoints.ts';
import { supplemental } from './envelopes.ts';
import { errorsOf } from './errors.ts';
import { byId, closed, schemaRef } from './names.ts';
import { idList, shared } from './parameters.ts';
import { answer } from './resources.ts';

const day: Schema = { type: 'string', format: 'date' };
const moment: Schema = { type: 'string', format: 'date-time' };
const more: Schema = { type: 'boolean', description: 'Whether there is another page.' };

/** The GET of an endpoint that answers with something else than a list; undefined where nobody described it, which a test tells. */
export function singletonOperation(name: string): Operation | undefined {
  return described[name]?.();
}

const described: Readonly<Record<string, () => Operation>> = {
  current_user: () => ({
    ...query('current_user', 'getCurrentUser', 'Who the token belongs to', 'CurrentUser', [shared('supplementalData')]),
    description: 'The user whom the access token belongs to, in the shape of a list of one.',
  }),
  effective_settings: () => ({
    ...query('effective_settings', 'getEffectiveSettings', 'Settings of a person', 'EffectiveSettings', [
      idParameter('user_id', "Whose settings; the caller's own when not given."),
      shared('modifiedSince'),
      shared('modifiedBefore'),
    ]),
    description:
      'The settings that apply to a person, by section. Some sections and keys are shown to admins only. The two moments keep the sections that were changed then.',
  }),
  last_modified_timestamps: () => ({
    ...query(
      'last_modified_timestamps',
      'getLastModifiedTimestamps',
      'When endpoints changed last',
      'LastModifiedTimestamps',
      [
        {
          name: 'endpoints',
          in: 'query',
          description:
            'The endpoints that are asked about; a usual choice of them when not given. Names that are none are left out.',
          style: 'form',
          explode: false,
          schema: { type: 'array', items: { type: 'string' }, maxItems: 200 },
        },
      ],
    ),
    description: 'When something of each endpoint was changed last, so that clients ask only for what is new.',
  }),
  pay_periods: () => ({
    ...query('pay_periods', 'listPayPeriods', 'List pay periods', 'PayPeriods', [
      idParameter('user_id', "Whose pay periods; the caller's own when not given."),
      { name: 'date', in: 'query', description: 'A day of the first period; today when not given.', schema: day },
      {
        name: 'n',
        in: 'query',
        description: 'How many periods after that one to begin; before it where negative.',
        schema: { type: 'integer', minimum: -100, maximum: 100, default: 0 },
      },
      {
        name: 'count',
        in: 'query',
        description: 'How many periods.',
        schema: { type: 'integer', minimum: 1, maximum: 100, default: 1 },
      },
    ]),
    description: 'Pay periods by the settings that apply to a person.',
  }),
  'payroll_exports/file': () => ({
    operationId: 'downloadPayrollFile',
    tags: ['payroll_exports'],
    summary: 'Download a payroll file',
    description:
      'The closed time of an export for a payroll program, in hours that are rounded to hundredths. Seen by admins.',
    parameters: [
      { ...idParameter('id', 'The export.'), required: true },
      {
        name: 'format',
        in: 'query',
        description: 'Which program it is for: any (csv), ADP Workforce Now and RUN, or QuickBooks Desktop (IIF).',
        schema: { type: 'string', enum: fileFormats, default: 'csv' },
      },
      {
        name: 'columns',
        in: 'query',
        description:
          'The columns of a CSV and their headings, such as `payroll_id:Employee,regular_hours:Reg`; the setting payroll.csv_columns when not given.',
        schema: { type: 'string' },
      },
      shared('managedClient'),
    ],
    responses: {
      200: {
        description: 'The file.',
        headers: { 'Content-Disposition': { description: 'The name of the file.', schema: { type: 'string' } } },
        content: {
          'text/csv': {
            schema: { type: 'string' },
            example: 'payroll_id,first_name,last_name,regular_hours\r\n1042,Luis,Ortega,80.00\r\n',
          },
          'text/plain': { schema: { type: 'string' } },
        },
      },
      ...errorsOf(404),
    },
  }),
  'files/raw': () => ({
    operationId: 'downloadFile',
    tags: ['files'],
    summary: 'Download a file',
    description: 'The bytes of a file, whole or in part (`Range`). Seen by those who see the file.',
    parameters: [
      { ...idParameter('id', 'The file; `ids` with one id is understood too.'), required: true },
      {
        name: 'Range',
        in: 'header',
        description: 'A part of the bytes, such as bytes=0-1023.',
        schema: { type: 'string' },
      },
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'The ETag of the bytes that the client has.',
        schema: { type: 'string' },
      },
      shared('managedClient'),
    ],
    responses: {
      200: { description: 'The bytes.', headers: fileHeaders, content: bytes },
      206: { description: 'The part of them that was asked for.', headers: fileHeaders, content: bytes },
      304: { description: 'The client has them already.' },
      ...errorsOf(404, 416),
    },
  }),
  pto_balances: () => ({
    ...query('pto_balances', 'listPtoBalances', 'List balances of paid time off', 'PtoBalances', [
      idList('user_ids', "Whose balances; the caller's own when not given."),
      {
        name: 'date',
        in: 'query',
        description: 'At the end of which day; today when not given, up to ten years ahead.',
        schema: day,
      },
      shared('supplementalData'),
    ]),
    description:
      'What people have at the end of a day, in seconds by jobcode. Of a day to come: with what accrues by then without more work, less the time off that is approved.',
  }),
  pto_ledger: () => ({
    ...query(
      'pto_ledger',
      'listPtoLedger',
      'List changes of paid time off',
      'PtoLedger',
      [
        idParameter('user_id', "Whose changes; the caller's own when not given."),
        { name: 'start_date', in: 'query', description: 'From which day.', schema: day },
        { name: 'end_date', in: 'query', description: 'To which day; today when not given.', schema: day },
        idList('jobcode_id', 'Only changes of these jobcodes.'),
        shared('limit'),
        shared('page'),
        shared('perPage'),
        shared('supplementalData'),
      ],
      [404],
    ),
    description: 'Every change of the balances of a person, with the balance after it, oldest first.',
  }),
  push_key: () => ({
    ...query('push_key', 'getPushKey', 'The key for push messages', 'PushKey', []),
    description: 'The public key (VAPID, base64url) with which a browser subscribes to push messages of this server.',
  }),
};

const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;
const fileHeaders = {
  'Content-Disposition': { description: 'The name of the file.', schema: { type: 'string' } },
  ETag: { description: 'Tells these bytes from all others.', schema: { type: 'string' } },
} as const;

function idParameter(name: string, description: string): Parameter {
  return { name, in: 'query', description, schema: { type: 'integer', minimum: 1 } };
}

function query(
  tag: string,
  operationId: string,
  summary: string,
  schema: string,
  parameters: NonNullable<Operation['parameters']>,
  statuses: readonly number[] = [],
): Operation {
  return {
    operationId,
    tags: [tag],
    summary,
    parameters: [...parameters, shared('managedClient')],
    responses: { 200: answer('The answer.', schema, operationId), ...errorsOf(413, ...statuses) },
  };
}

/** The schemas of their answers. */
export function singletonSchemas(): Record<string, Schema> {
  return {
    CurrentUser: closed(
      {
        results: closed({ users: { ...byId(schemaRef('User')), description: 'The user by his id.' } }),
        more: { const: false },
        supplemental_data: supplemental(resources, ['jobcodes', 'groups']),
      },
      ['supplemental_data'],
    ),
    EffectiveSettings: closed({ results: closed({ effective_settings: settings() }) }),
    LastModifiedTimestamps: closed({
      results: closed({
        last_modified_timestamps: closed(
          Object.fromEntries(documentedEndpoints.map((name) => [name, moment])),
          documentedEndpoints,
        ),
      }),
    }),
    PayPeriods: closed({
      results: closed({
        pay_periods: byId(
          closed({
            start_date: { ...day, description: 'Its first day.' },
            end_date: { ...day, description: 'Its last day.' },
            current: { type: 'boolean', description: 'Whether today is in it.' },
            closed: { type: 'boolean', description: 'Whether it is closed to payroll for this person.' },
          }),
        ),
      }),
    }),
    PtoBalances: closed(
      {
        results: closed({
          pto_balances: byId(
            closed({
              user_id: { type: 'integer' },
              date: { ...day, description: 'The day at whose end it is so.' },
              balances: { ...byId({ type: 'integer' }), description: 'Seconds by jobcode.' },
            }),
          ),
        }),
        more: { const: false },
        supplemental_data: supplemental(resources, ['jobcodes']),
      },
      ['supplemental_data'],
    ),
    PtoLedger: closed(
      {
        results: closed({
          pto_ledger: closed({
            user_id: { type: 'integer' },
            entries: { type: 'array', items: schemaRef('PtoLedgerEntry') },
          }),
        }),
        more,
        supplemental_data: supplemental(resources, ['jobcodes']),
      },
      ['supplemental_data'],
    ),
    PtoLedgerEntry: {
      title: 'PtoLedgerEntry',
      description: 'One change of a balance.',
      ...closed({
        date: day,
        jobcode_id: { type: 'integer', description: 'The kind of time off.' },
        kind: { type: 'string', enum: ledgerKinds, description: 'What changed the balance.' },
        seconds: { type: 'integer', description: 'By how much; negative for time that is used or lost.' },
        balance: { type: 'integer', description: 'Seconds after it.' },
        pto_policy_id: { type: 'integer', description: 'The policy behind it; 0 for none.' },
        pto_adjustment_id: { type: 'integer', description: 'The adjustment that it is; 0 for none.' },
        timesheet_id: { type: 'integer', description: 'The timesheet that used it; 0 for none.' },
        note: { type: 'string' },
      }),
    },
    PushKey: closed({ results: closed({ push_key: closed({ public_key: { type: 'string' } }) }) }),
  };
}

/** Every section with its keys; values are texts or numbers, as each setting was stored. */
function settings(): Schema {
  const all = Object.entries(sections).map(([name, { says, values, untilSet = {} }]): [string, Schema] => {
    const keys = Object.keys({ ...values, ...untilSet });
    const setting: Schema = {
      type:
        name === 'mobile_app_integrations' || name === 'overtime' || name === 'bookings'
          ? ['string', 'number', 'object']
          : ['string', 'number'],
    };
    const shown = closed(Object.fromEntries(keys.map((key) => [key, setting])), keys);
    return [name, { description: says, ...closed({ settings: shown, last_modified: moment }) }];
  });
  return closed(Object.fromEntries(all), Object.keys(sections));
}
