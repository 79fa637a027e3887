import type { Field } from '../../../engine/definition.ts';
import { replayedHeaders } from '../../../http/openapi/idempotency.ts';
import type { ItemStatus, Operation, Schema } from '../../../http/openapi/types.ts';
import { resources } from '../../../resources/index.ts';
import { approvalFields } from '../approvals.ts';
import { invitationFields } from '../invitations.ts';
import { closingFields, periodSays, reopeningFields } from '../payroll-exports.ts';
import { webhookFields } from '../webhooks.ts';
import { failedItem, statusOf, supplemental } from './envelopes.ts';
import { errorsOf } from './errors.ts';
import { examplesOf } from './examples.ts';
import { sent } from './inputs.ts';
import { byId, closed, schemaRef } from './names.ts';
import { answeredFields } from './objects.ts';
import { shared } from './parameters.ts';
import { answer } from './resources.ts';

interface Action {
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  /** Schemas of an item and of the answer. */
  readonly item: string;
  readonly answer: string;
  readonly statuses: readonly ItemStatus[];
}

const refused = 'A value is not allowed, or the caller may not do it.';

/** The POSTs that do something else than create rows, by endpoint. */
const described: Readonly<Record<string, Action>> = {
  approvals: {
    operationId: 'moveApprovals',
    tag: 'approvals',
    summary: 'Submit, approve or reject time',
    description:
      'Moves how far the time of people is submitted and approved. Each item names people by one of user_ids, group_ids and everyone; each of them has a status of his own in `users`.',
    item: 'ApprovalOrder',
    answer: 'ApprovalOutcomes',
    statuses: [
      { code: 200, means: "Everybody's time is so now." },
      { code: 417, means: 'The item makes no sense, or somebody in it was refused: see `users`.' },
    ],
  },
  invitations: {
    operationId: 'createInvitations',
    tag: 'invitations',
    summary: 'Invite users',
    description:
      'Sends people a link with which they choose a password. A link works once, for seven days, until a newer one is sent.',
    item: 'NewInvitation',
    answer: 'InvitationOutcomes',
    statuses: [
      { code: 201, means: 'The message is on its way.' },
      {
        code: 400,
        means: 'A value is missing or not allowed, there is no such user, or the caller may not invite him.',
      },
    ],
  },
  payroll_exports: {
    operationId: 'createPayrollExports',
    tag: 'payroll_exports',
    summary: 'Close days to payroll',
    description:
      'Closes days, for everyone or for some: nobody adds, changes or removes time of these days any more. For admins.',
    item: 'NewPayrollExport',
    answer: 'PayrollExportOutcomes',
    statuses: [
      { code: 200, means: 'The days are closed.' },
      {
        code: 417,
        means: `${refused} Open time, days that are closed already, and unapproved time with require_approval are named.`,
      },
    ],
  },
  'payroll_exports/reopen': {
    operationId: 'reopenPayrollExports',
    tag: 'payroll_exports',
    summary: 'Open closed days again',
    description: 'Takes a closing back. For admins.',
    item: 'PayrollExportReopening',
    answer: 'PayrollExportOutcomes',
    statuses: [
      { code: 200, means: 'The days are open again.' },
      { code: 417, means: `${refused} There may be no such export, or it is reopened already.` },
    ],
  },
  'webhook_deliveries/replay': {
    operationId: 'replayWebhookDeliveries',
    tag: 'webhook_deliveries',
    summary: 'Send deliveries again',
    description: 'Sends one delivery again, or all of a webhook that were planned since a moment. For admins.',
    item: 'WebhookReplay',
    answer: 'WebhookReplayOutcomes',
    statuses: [
      { code: 200, means: 'They are waiting for their next attempt; `replayed` says how many.' },
      { code: 417, means: `${refused} There may be no such delivery or webhook.` },
    ],
  },
  webhook_secrets: {
    operationId: 'rotateWebhookSecrets',
    tag: 'webhooks',
    summary: 'Rotate secrets of webhooks',
    description: 'Gives webhooks other secrets, and shows them this once. For admins.',
    item: 'WebhookSecretRotation',
    answer: 'WebhookSecretOutcomes',
    statuses: [
      { code: 200, means: 'The webhook signs with the secret in the answer.' },
      { code: 417, means: `${refused} There may be no such webhook.` },
    ],
  },
};

/** The POST of an action; undefined where nobody described it, which a test tells. */
export function actionOperation(name: string): Operation | undefined {
  const action = described[name];
  if (action === undefined) return undefined;
  const { operationId, tag, summary, description } = action;
  const rows = tag === 'payroll_exports';
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description} Up to 50 items at once, each with a status of its own.`,
    parameters: [...(rows ? [shared('supplementalData')] : []), shared('idempotencyKey'), shared('managedClient')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: closed({ data: { type: 'array', items: schemaRef(action.item), maxItems: 50 } }),
          ...examplesOf(operationId).request,
        },
      },
    },
    responses: {
      200: { ...answer('What became of each item.', action.answer, operationId), headers: replayedHeaders },
      ...errorsOf(400, 413, 422),
    },
    'x-item-statuses': action.statuses,
  };
}

/** The schemas that actions name. */
export function actionSchemas(): Record<string, Schema> {
  const exports = resources.get('payroll_exports');
  if (exports === undefined) throw new Error('payroll_exports is no resource');
  const [properties, optional] = answeredFields(exports);
  const day: Schema = { type: 'string', format: 'date' };
  return {
    ApprovalOrder: itemOf('Something to be done to the time of people.', approvalFields, ['action']),
    ApprovalOutcomes: outcomes('approvals', {
      type: 'object',
      properties: {
        ...statusOf([200, 417]),
        _status_extra: { type: 'string', description: 'Why it failed, in whole or in part.' },
        users: {
          description: 'Each person by his id.',
          ...byId(
            closed(
              {
                ...statusOf([200, 417]),
                _status_extra: { type: 'string', description: 'Why nothing was done to his time.' },
                user_id: { type: 'integer' },
                submitted_to: { ...day, description: 'The last day that is submitted now.' },
                approved_to: { ...day, description: 'The last day that is approved now.' },
              },
              ['_status_extra', 'submitted_to', 'approved_to'],
            ),
            '^-?\\d+$',
          ),
        },
      },
      required: ['_status_code', '_status_message', 'users'],
      additionalProperties: true,
    }),
    NewInvitation: itemOf('Who is invited, and how.', invitationFields, Object.keys(invitationFields)),
    InvitationOutcomes: outcomes('invites', {
      anyOf: [closed(statusOf([201])), failedItem('FailedInvitation', [400])],
    }),
    NewPayrollExport: {
      ...itemOf('Days to be closed: two days, or a pay period.', closingFields, []),
      ...closed(
        {
          ...fieldsOf(closingFields),
          period: {
            description: periodSays,
            anyOf: [{ enum: ['current', 'previous'] }, { type: 'integer', minimum: -100, maximum: 100 }],
          },
        },
        [...Object.keys(closingFields), 'period'],
      ),
      anyOf: [{ required: ['start_date', 'end_date'] }, { required: ['period'] }],
    },
    ...webhookSchemas(),
    PayrollExportReopening: itemOf('A closing to be taken back.', reopeningFields, Object.keys(reopeningFields)),
    PayrollExportOutcomes: outcomes(
      'payroll_exports',
      { anyOf: [closed({ ...statusOf([200]), ...properties }, optional), failedItem('FailedPayrollExport', [417])] },
      supplemental(
        resources,
        exports.follow.map(({ resource }) => resource),
      ),
    ),
  };
}

function webhookSchemas(): Record<string, Schema> {
  const { id, webhook_id: webhookId, since } = fieldsOf(webhookFields);
  const replay = { ...(id && { id }), ...(webhookId && { webhook_id: webhookId }), ...(since && { since }) };
  const failed = failedItem('FailedWebhookItem', [417]);
  return {
    WebhookReplay: {
      description: 'One delivery (id), or all of a webhook since a moment.',
      ...closed(replay, Object.keys(replay)),
      anyOf: [{ required: ['id'] }, { required: ['webhook_id', 'since'] }],
    },
    WebhookReplayOutcomes: outcomes('webhook_deliveries', {
      anyOf: [
        closed(
          {
            ...statusOf([200]),
            id: { type: 'integer' },
            webhook_id: { type: 'integer' },
            replayed: { type: 'integer', description: 'How many deliveries are sent again.' },
          },
          ['id', 'webhook_id'],
        ),
        failed,
      ],
    }),
    WebhookSecretRotation: {
      description: 'The webhook that gets another secret.',
      ...closed(webhookId === undefined ? {} : { webhook_id: webhookId }),
    },
    WebhookSecretOutcomes: outcomes('webhook_secrets', {
      anyOf: [
        closed({ ...statusOf([200]), webhook_id: { type: 'integer' }, secret: { type: 'string', pattern: '^whsec_' } }),
        failed,
      ],
    }),
  };
}

function fieldsOf(fields: Readonly<Record<string, Field>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, sent(resources, field, false)]));
}

function itemOf(description: string, fields: Readonly<Record<string, Field>>, required: readonly string[]): Schema {
  const optional = Object.keys(fields).filter((name) => !required.includes(name));
  return { description, ...closed(fieldsOf(fields), optional) };
}

function outcomes(name: string, item: Schema, carried?: Schema): Schema {
  return closed(
    {
      results: closed({
        [name]: { ...byId(item), description: 'The items in the order sent, by their position from 1.' },
      }),
      ...(carried === undefined ? {} : { supplemental_data: carried }),
    },
    ['supplemental_data'],
  );
}
