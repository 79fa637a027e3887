import type { Operation, PathItem, Schema } from '../../../http/openapi/types.ts';
import { eventActions, eventfulNames, isEventful } from '../../../resources/history/eventful.ts';
import { resources } from '../../../resources/index.ts';
import { errorsOf } from './errors.ts';
import { closed, objectName, schemaRef } from './names.ts';
import { shared } from './parameters.ts';

const moment: Schema = { type: 'string', format: 'date-time' };

/** GET /events, which is no list of rows. An addition of this server. */
export function eventPaths(): Record<string, PathItem> {
  return { '/api/v1/events': { get: listEvents() } };
}

/** The schemas that it names. */
export function eventSchemas(): Record<string, Schema> {
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
