import type { Definition } from '../../../engine/definition.ts';
import type { Schema } from '../../../http/openapi/types.ts';

/** `jobcode_assignments` as JobcodeAssignments. */
export function pascal(name: string): string {
  return name
    .split(/[_\s/]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** The schema of one row of a resource: the singular of its endpoint, or its own singular where that is no plural. */
export function objectName({ name, singular }: Pick<Definition, 'name' | 'singular'>): string {
  if (name.endsWith('ies')) return pascal(`${name.slice(0, -3)}y`);
  return pascal(name.endsWith('s') ? name.slice(0, -1) : singular);
}

export function schemaRef(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A closed object, of which all properties are always there but those named. */
export function closed(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** An object that is keyed by ids. */
export function byId(schema: Schema, pattern = '^\\d+$'): Schema {
  return { type: 'object', propertyNames: { type: 'string', pattern }, additionalProperties: schema };
}

/** A word with its article. */
export function oneOf(singular: string): string {
  return `${/^[aeio]|^us(?!e)|^u(?!s)/.test(singular) ? 'an' : 'a'} ${singular}`;
}

/** A name as Markdown shows names. */
export function code(name: string): string {
  return `\`${name}\``;
}
