import type { Schema } from '../../../http/openapi/types.ts';

type Properties = Readonly<Record<string, Schema>>;

/** Parameters of an action. */
export function params(properties: Properties, required: readonly string[] = [], more: Schema = {}): Schema {
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }), ...more };
}

/** What is always there in an answer, and nothing else. */
export function whole(properties: Properties, more: Schema = {}): Schema {
  return { type: 'object', ...more, properties, required: Object.keys(properties), additionalProperties: false };
}

/** Whether something is so. */
export function flag(description: string): Schema {
  return { type: 'integer', enum: [0, 1], description };
}

/** Properties that clients may use in one way. */
export function access(mode: NonNullable<Schema['x-access']>, properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, { ...schema, 'x-access': mode }]),
  );
}

export function id(description: string): Schema {
  return { type: 'integer', minimum: 0, description };
}

export function text(description: string): Schema {
  return { type: 'string', description };
}

/** Ids with commas between them. */
export function ids(description: string): Schema {
  return { type: 'string', pattern: '^\\d+(,\\d+)*$', description: `${description} Ids with commas between them.` };
}

export function day(description: string): Schema {
  return { type: 'string', format: 'date', description: `${description} \`YYYY-MM-DD\`.` };
}

/** A moment; an empty text where there is none. */
export function moment(description: string, zone = 'UTC'): Schema {
  return {
    type: 'string',
    pattern: '^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d)?$',
    description: `${description} \`YYYY-MM-DD hh:mm:ss\`, ${zone}.`,
  };
}

/** A schema of the document's own. */
export function named(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** Whom an action is about, when not the one who has logged in. */
export const username: Schema = {
  type: 'string',
  description: 'Acts for this user: a user name, an id or an email address. Yourself when it is not given.',
  'x-permission': 'Admins, manage_timesheets, and those who manage the user’s group.',
};

export const seconds: Schema = {
  type: 'integer',
  minimum: 0,
  default: 0,
  description: 'How many seconds ago it happened. Without manage_my_timesheets at most 15 minutes for oneself.',
};

export function notes(description: string): Schema {
  return { type: 'string', maxLength: 2_000, description };
}
