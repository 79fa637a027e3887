import type { Operation, PathItem, Schema } from '../../../http/openapi/types.ts';
import { eventActions, eventfulNames, isEventful } from '../../../resources/history/eventful.ts';
import { resources } from '../../../resources/index.ts';
import { errorsOf } from './errors.ts';
import { byId, closed, objectName, schemaRef } from './names.ts';
import { shared } from './parameters.ts';

const moment: Schema = { type: 'string', format: 'date-time' };

/** What was made of webhooks and events beside the rows of webhooks and webhook_deliveries. Additions of this server. */
export function webhookPaths(): Record<string, PathItem> {
  return {
    '/api/v1/events': { get: listEvents() },
    '/api/v1/webhook_secrets': { post: rotateSecrets() },
    '/api/v1/webhook_deliveries/replay': { post: replay() },
  };
}

/** The schemas that they name. */
export function webhookSchemas(): Record<string, Schema> {
  const rows = [...resources.values()].filter(isEventful).map((definition) => schemaRef(objectName(definition)));
  return {
    ChangeEvent: {
      description: 'One change of one row.',
      ...closed(
        {
          id: { type: 'string', pattern: '^\\d+$', description: 'Names the event and its place among all events.' },
          resource: { type: 'string', enum: eventfulNames(resources), description: 'The endpoint that shows the row.' },
          action: { type: 'string', enum: eventActions, description: 'What happened to it.' },
          object_id: { type: 'integer', description: 'Id of the row.' },
          occurred_at: { ...moment, description: 'When it happened.' },
          via: { type: 'string', description: 'The API or the work of the server that it came through.' },
          user_id: { type: 'integer', description: 'Who did it; 0 for the server itself.' },
          object: { description: 'The row as it is now; left out when it is gone.', anyOf: rows },
        },
        ['object'],
      ),
    },
    EventPage: closed({
      results: closed({ events: { type: 'array', items: schemaRef('ChangeEvent'), maxItems: 200 } }),
      more: { type: 'boolean', description: 'Whether there are more events already.' },
      since: { type: 'string', pattern: '^\\d+$', description: 'What to give as `since` for the next page.' },
    }),
    WebhookSecretOrder: closed({ webhook_id: { type: 'integer', minimum: 1, description: 'Id of the webhook.' } }),
    WebhookSecretOutcomes: outcomes('webhook_secrets', {
      webhook_id: { type: 'integer' },
      secret: { type: 'string', pattern: '^whsec_', description: 'The secret, which is told this once.' },
    }),
    WebhookReplay: {
      ...closed(
        {
          id: { type: 'integer', minimum: 1, description: 'Id of one delivery.' },
          webhook_id: { type: 'integer', minimum: 1, description: 'Id of the webhook whose failures are sent again.' },
          since: { ...moment, description: 'Only deliveries that were planned then or later.' },
        },
        ['id', 'webhook_id', 'since'],
      ),
      anyOf: [{ required: ['id'] }, { required: ['webhook_id', 'since'] }],
    },
    WebhookReplayOutcomes: outcomes(
      'webhook_deliveries',
      {
        id: { type: 'integer' },
        webhook_id: { type: 'integer' },
        replayed: { type: 'integer', minimum: 0, description: 'How many deliveries are sent again.' },
      },
      ['id', 'webhook_id'],
    ),
  };
}

function listEvents(): Operation {
  return {
    operationId: 'listEvents',
    tags: ['events'],
    summary: 'Listen to events',
    description: [
      'Changes of everything that the caller may see, in order. With `Accept: text/event-stream` they come as server-sent events as they happen:',
      'from now on, or behind `since` or the header `Last-Event-ID`; a comment comes every 15 seconds. Otherwise the answer is a page behind `since`;',
      'without it, an empty one that tells where to begin. A token may have five streams open.',
    ].join(' '),
    parameters: [
      {
        name: 'resources',
        in: 'query',
        description: 'Names of the resources whose changes are wanted; all when not given.',
        style: 'form',
        explode: false,
        schema: { type: 'array', items: { type: 'string', enum: eventfulNames(resources) } },
      },
      {
        name: 'since',
        in: 'query',
        description: 'The id of the last event that the client has; 0 for all that there are.',
        schema: { type: 'string', pattern: '^\\d{1,15}$' },
      },
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The same, as browsers send it.',
        schema: { type: 'string' },
      },
      shared('limit'),
      shared('managedClient'),
    ],
    responses: {
      200: {
        description: 'A page of events, or the stream of them.',
        content: {
          'application/json': {
            schema: schemaRef('EventPage'),
            example: { results: { events: [] }, more: false, since: '48302' },
          },
          'text/event-stream': {
            schema: { type: 'string' },
            example: 'retry: 3000\n\nid: 48211\ndata: {"id":"48211","resource":"timesheets"}\n\n',
          },
        },
      },
      ...errorsOf(),
    },
  };
}

function rotateSecrets(): Operation {
  return action({
    operationId: 'createWebhookSecrets',
    tag: 'webhooks',
    summary: 'Give webhooks new secrets',
    description:
      'Each webhook gets another secret, which is told this once. The one before is signed with too for a day. For admins.',
    item: 'WebhookSecretOrder',
    outcome: 'WebhookSecretOutcomes',
    done: 'The webhook has another secret.',
    request: [{ webhook_id: 1 }],
  });
}

function replay(): Operation {
  return action({
    operationId: 'replayWebhookDeliveries',
    tag: 'webhook_deliveries',
    summary: 'Send deliveries again',
    description:
      'Sends one delivery again, or all of a webhook that failed and were planned since a moment, with the ids that they had. For admins.',
    item: 'WebhookReplay',
    outcome: 'WebhookReplayOutcomes',
    done: 'They are sent again.',
    request: [{ id: 17 }, { webhook_id: 1, since: '2026-03-09T00:00:00+00:00' }],
  });
}

interface Action {
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly description: string;
  readonly item: string;
  readonly outcome: string;
  readonly done: string;
  readonly request: readonly object[];
}

function action({ operationId, tag, summary, description, item, outcome, done, request }: Action): Operation {
  return {
    operationId,
    tags: [tag],
    summary,
    description: `${description} Up to 50 items at once, each with a status of its own.`,
    parameters: [shared('managedClient')],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: closed({ data: { type: 'array', items: schemaRef(item), maxItems: 50 } }),
          example: { data: request },
        },
      },
    },
    responses: {
      200: {
        description: 'What became of each item.',
        content: { 'application/json': { schema: schemaRef(outcome) } },
      },
      ...errorsOf(400, 413),
    },
    'x-item-statuses': [
      { code: 200, means: done },
      { code: 417, means: 'A value is not allowed, there is no such row, or the caller may not do it.' },
    ],
  };
}

function outcomes(name: string, said: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const text: Schema = { type: 'string' };
  const item = {
    anyOf: [
      closed({ _status_code: { const: 200 }, _status_message: text, ...said }, optional),
      closed({ _status_code: { const: 417 }, _status_message: text, _status_extra: text }),
    ],
  };
  return closed({
    results: closed({
      [name]: { ...byId(item), description: 'The items in the order sent, by their position from 1.' },
    }),
  });
}
