import type { Schema } from '../../../http/openapi/types.ts';

type Properties = Readonly<Record<string, Schema>>;

/** The schema of a name, of this dialect: 'Booking'. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/Timekit${name}` };
}

/** A text that a client gives. */
export function text(description: string, more: Partial<Schema> = {}): Schema {
  return { type: 'string', description, maxLength: 255, ...more };
}

/** A text that is answered. */
export function said(description: string, more: Partial<Schema> = {}): Schema {
  return { type: 'string', description, ...more };
}

export function word(description: string, words: readonly string[], more: Partial<Schema> = {}): Schema {
  return { type: 'string', enum: words, description, ...more };
}

export function flag(description: string, more: Partial<Schema> = {}): Schema {
  return { type: 'boolean', description, ...more };
}

export function whole(description: string, more: Partial<Schema> = {}): Schema {
  return { type: 'integer', description, ...more };
}

export function id(description: string): Schema {
  return { type: 'string', format: 'uuid', description };
}

/** A moment that is answered, in the format that the client asks for. */
export function moment(description: string): Schema {
  return { ...ref('Timestamp'), description };
}

/** A moment that a client gives. */
export function time(description: string): Schema {
  return { ...ref('InputTimestamp'), description };
}

export function listOf(items: Schema, description?: string, more: Partial<Schema> = {}): Schema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }), ...more };
}

/** Keys and values that are kept as they come. */
export function free(description: string): Schema {
  return { type: 'object', description, additionalProperties: true };
}

/** An object that a client gives: other keys are ignored. */
export function given(properties: Properties, required: readonly string[] = [], description?: string): Schema {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties,
    ...(required.length === 0 ? {} : { required }),
  };
}

/** An object that is answered, with these keys and no others; `optional` ones come where they are asked for. */
export function answered(properties: Properties, optional: Properties = {}, description?: string): Schema {
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** The same, or null. */
export function orNull(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
  const types = [schema.type ?? []].flat();
  return { ...schema, type: [...types, 'null'] };
}

export const stamps: Properties = {
  created_at: moment('When it was made.'),
  updated_at: moment('When it was changed last.'),
};
