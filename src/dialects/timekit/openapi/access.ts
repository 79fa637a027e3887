import type { Schema } from '../../../http/openapi/types.ts';

type Schemas = Readonly<Record<string, Schema>>;
type Access = NonNullable<Schema['x-access']>;

/** What is written as it is read, by the schemas that make one and change one. */
const written: Readonly<Record<string, { readonly make: string; readonly change?: string }>> = {
  App: { make: 'AppInput', change: 'AppChange' },
  NewApp: { make: 'AppInput', change: 'AppChange' },
  Resource: { make: 'ResourceInput', change: 'ResourceChange' },
  NewResource: { make: 'ResourceInput', change: 'ResourceChange' },
  Calendar: { make: 'CalendarInput', change: 'CalendarChange' },
  Event: { make: 'EventInput', change: 'EventChange' },
  Project: { make: 'ProjectInput', change: 'ProjectChange' },
  Credential: { make: 'CredentialInput' },
  NewCredential: { make: 'CredentialInput' },
};
/** What is only read, or written in words of its own. */
const readOnly = ['Booking', 'GroupBooking', 'Reservation', 'Slot', 'EmbeddedProject', 'SignedIn'];

/** The schemas, each property of these objects with how clients may use it; what a property says of itself holds. */
export function withAccess(schemas: Schemas): Schemas {
  const all: Record<string, Schema> = { ...schemas };
  const has = (schema: string, name: string): boolean => Object.hasOwn(schemas[schema]?.properties ?? {}, name);
  for (const name of readOnly) all[name] = marked(schemas[name], () => 'read-only');
  for (const [object, { make, change = '' }] of Object.entries(written)) {
    const accessOf = (name: string): Access => {
      if (!has(object, name)) return 'write-only';
      if (has(change, name)) return 'read-write';
      return has(make, name) ? 'write-once' : 'read-only';
    };
    for (const name of [object, make, change]) if (name in schemas) all[name] = marked(schemas[name], accessOf);
  }
  return all;
}

function marked(schema: Schema = {}, accessOf: (name: string) => Access): Schema {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, one]) => [name, { 'x-access': accessOf(name), ...one }] as const,
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}
