import { documentOf } from '../../../src/http/openapi/document.ts';
import type { Description } from '../../../src/http/openapi/types.ts';

const bearer: Description = {
  name: 'tsheets-rest',
  title: 'TSheets REST',
  description: 'The first.',
  groups: [
    { name: 'Time', tags: [{ name: 'jobcodes', description: 'What time is for.', 'x-object': 'Jobcode' }] },
    { name: 'More', tags: [{ name: 'jobcode_assignments', description: 'Who may use which jobcode.' }] },
  ],
  paths: {
    '/api/v1/jobcodes': {
      get: {
        operationId: 'listJobcodes',
        tags: ['jobcodes'],
        summary: 'List jobcodes',
        parameters: [
          { $ref: '#/components/parameters/Page' },
          { name: 'ids', in: 'query', description: 'Ids.', schema: { type: 'array' }, explode: false, example: [1, 2] },
        ],
        responses: { 200: { description: 'The jobcodes.' }, 401: { $ref: '#/components/responses/Unauthorized' } },
      },
      post: {
        operationId: 'createJobcodes',
        tags: ['jobcodes'],
        summary: 'Create jobcodes',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewJobcodes' } } } },
        responses: { 200: { description: 'One answer for each.' } },
        'x-item-statuses': [{ code: 406, means: 'The name is taken.' }],
      },
    },
    '/api/v1/jobcodes/{id}': {
      post: {
        operationId: 'deleteJobcodeByPost',
        tags: ['jobcodes'],
        summary: 'Delete a jobcode',
        responses: { 200: { description: 'Gone.' } },
        'x-same-as': 'deleteJobcode',
      },
      delete: {
        operationId: 'deleteJobcode',
        tags: ['jobcodes'],
        summary: 'Delete a jobcode',
        parameters: [{ name: 'id', in: 'path', required: true, description: 'Which.', schema: { type: 'integer' } }],
        responses: { 200: { description: 'Gone.' } },
      },
    },
  },
  schemas: {
    Jobcode: {
      type: 'object',
      required: ['id', 'name'],
      properties: {
        id: { type: 'integer', 'x-access': 'read-only' },
        name: { type: 'string', maxLength: 64, description: 'What people read.', examples: ['Roofing'] },
        parent: { anyOf: [{ $ref: '#/components/schemas/Jobcode' }, { type: 'null' }] },
        rates: { type: 'object', additionalProperties: { type: 'number' } },
        created: { type: 'string', format: 'date-time' },
      },
    },
    NewJobcodes: {
      type: 'object',
      required: ['data'],
      properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Jobcode' } } },
    },
  },
  parameters: { Page: { name: 'page', in: 'query', description: 'Which page.', schema: { type: 'integer' } } },
  responses: { Unauthorized: { description: 'No token.' } },
  securitySchemes: { RestToken: { type: 'http', scheme: 'bearer', description: 'A token.' } },
  security: [{ RestToken: [] }],
};

const legacy: Description = {
  name: 'tsheets-legacy',
  title: 'TSheets legacy',
  description: 'The second.',
  groups: [{ name: 'Actions', tags: [{ name: 'Job codes', description: 'The same in the old way.' }] }],
  paths: {
    '/api.php/jobcode_edit': {
      post: {
        operationId: 'legacyJobcodeEdit',
        tags: ['Job codes'],
        summary: 'Edit a job code',
        'x-address': '/api.php',
        parameters: [
          { name: 'action', in: 'query', required: true, description: 'It.', schema: { const: 'jobcode_edit' } },
        ],
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object' },
              example: { name: 'Bob’s & Co', active: 1 },
            },
          },
        },
        responses: { 200: { description: 'Done.' } },
      },
    },
  },
  schemas: {},
  securitySchemes: { LegacySession: { type: 'apiKey', in: 'query', name: 'token', description: 'Of a session.' } },
  security: [{ LegacySession: [] }],
};

const timekit: Description = {
  name: 'timekit',
  title: 'Timekit',
  description: 'The third.',
  groups: [{ name: 'Booking', tags: [{ name: 'jobcodes', description: 'Of the same name.' }] }],
  paths: {
    '/v2/bookings': {
      get: {
        operationId: 'timekitListBookings',
        tags: ['jobcodes'],
        summary: 'List bookings',
        parameters: [{ name: 'search', in: 'query', description: 'Words.', schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'They.',
            content: {
              'application/json': { schema: {}, examples: { one: { value: {}, 'x-query': { search: 'two words' } } } },
            },
          },
        },
      },
    },
  },
  schemas: {},
  securitySchemes: { TimekitApp: { type: 'http', scheme: 'basic', description: 'The key of an app.' } },
  security: [{ TimekitApp: [] }],
};

/** A small document of three dialects, for tests. */
export const sampleDocument = documentOf([bearer, legacy, timekit], '1');
