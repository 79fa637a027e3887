import type { Schema } from '../../../http/openapi/types.ts';
import type { Kind } from '../ids.ts';

/** An id of this API. */
export function idSchema(kind: Kind, description: string): Schema {
  return { type: 'string', pattern: `^${kind}_[a-z0-9]{10}$`, description };
}

/** A moment, to be sent. */
export function momentSchema(description: string): Schema {
  return {
    type: 'string',
    description: `${description} ISO 8601 with a UTC offset; seconds may be left out.`,
    examples: ['2026-06-15T12:00-04:00'],
  };
}

/** An answer with this one property. */
export function only(name: string, schema: Schema): Schema {
  return { type: 'object', properties: { [name]: schema }, required: [name], additionalProperties: false };
}

/** What a write answers: the id of what was written. */
export function written(object: string, id: string, schema: Schema): Schema {
  return only(object, only(id, schema));
}

/** A schema of the document's own. */
export function named(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}
