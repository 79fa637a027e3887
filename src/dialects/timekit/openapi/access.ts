import type { Schema } from '../../../http/openapi/types.ts';

type Schemas = Readonly<Record<string, Schema>>;
type Access = NonNullable<Schema['x-access']>;

/** What is written as it is read, by the schemas that make one and change one. */
const inputs: Readonly<Record<string, { readonly make: string; readonly change?: string }>> = {
  App: { make: 'AppInput', change: 'AppChange' },
  Resource: { make: 'ResourceInput', change: 'ResourceChange' },
  Calendar: { make: 'CalendarInput', change: 'CalendarChange' },
  Event: { make: 'EventInput', change: 'EventChange' },
  Project: { make: 'ProjectInput', change: 'ProjectChange' },
  Credential: { make: 'CredentialInput' },
};

/** The schemas, each property of these objects with how clients may use it; what a property says of itself holds. */
export function withAccess(schemas: Schemas): Schemas {
  const all: Record<string, Schema> = { ...schemas };
  for (const [object, { make, change = '' }] of Object.entries(inputs)) {
    const has = (schema: string, name: string): boolean => name in (schemas[schema]?.properties ?? {});
    const accessOf = (name: string): Access => {
      if (!has(object, name)) return 'write-only';
      if (has(change, name)) return 'read-write';
      return has(make, name) ? 'write-once' : 'read-only';
    };
    for (const name of [object, make, change]) {
      const schema = schemas[name];
      if (schema?.properties === undefined) continue;
      const properties = Object.entries(schema.properties).map(([key, one]) => [
        key,
        { 'x-access': accessOf(key), ...one },
      ]);
      all[name] = { ...schema, properties: Object.fromEntries(properties) };
    }
  }
  return all;
}
