import type { OpenApiDocument, Schema } from '../../../src/http/openapi/types.ts';

/** Named schemas of the document, which others refer to. */
export type Schemas = OpenApiDocument['components']['schemas'];

/** One line of a table of properties. */
export interface Field {
  /** Unique among its neighbours. */
  readonly key: string;
  /** Name of the key; '' for what a list or one of several shapes holds. */
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** What stands for the name where there is none. */
  readonly role: 'property' | 'any-key' | 'item' | 'choice';
}

/** A type in words that the page can say in its own language. */
export type TypeText =
  | { readonly kind: 'plain'; readonly name: string; readonly format?: string }
  | { readonly kind: 'list' | 'map'; readonly of: TypeText }
  | { readonly kind: 'either'; readonly options: readonly TypeText[] };

const prefix = '#/components/schemas/';

/** The schema itself where this one only names it. What stands beside the name wins. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const { $ref, ...beside } = schema;
  if ($ref === undefined) return schema.allOf === undefined ? schema : merged(schema, schemas);
  const target = schemas[$ref.slice(prefix.length)];
  return target === undefined ? beside : { ...resolved(target, schemas), ...beside };
}

/** All parts of an `allOf` as one schema. */
function merged({ allOf = [], ...own }: Schema, schemas: Schemas): Schema {
  const parts = [...allOf.map((part) => resolved(part, schemas)), own];
  const properties = Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, Schema>;
  const required = parts.flatMap((part) => part.required ?? []);
  return {
    ...(Object.assign({}, ...parts) as Schema),
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** What is inside of a schema, one line each; empty for plain values. */
export function fieldsOf(schema: Schema, schemas: Schemas): Field[] {
  const whole = resolved(schema, schemas);
  if (whole.items !== undefined) return insideOf(whole.items, 'item', schemas);
  const choices = optionsOf(whole).filter((option) => fieldsOf(option, schemas).length > 0);
  if (choices.length === 1) return fieldsOf(choices[0] ?? {}, schemas);
  const fields: Field[] = choices.map((option, index) => {
    return { key: `choice ${index}`, name: '', schema: option, required: false, role: 'choice' };
  });
  for (const [name, property] of Object.entries(whole.properties ?? {})) {
    fields.push({
      key: name,
      name,
      schema: property,
      required: whole.required?.includes(name) ?? false,
      role: 'property',
    });
  }
  const rest = restOf(whole);
  if (rest === undefined) return fields;
  if (fields.length === 0) return insideOf(rest, 'any-key', schemas);
  return [...fields, { key: 'any key', name: '', schema: rest, required: false, role: 'any-key' }];
}

/** The fields of the only thing inside; the thing itself where it is a list or a map again. */
function insideOf(schema: Schema, role: 'item' | 'any-key', schemas: Schemas): Field[] {
  const inner = resolved(schema, schemas);
  const isCollection = inner.items !== undefined || (inner.properties === undefined && restOf(inner) !== undefined);
  if (!isCollection) return fieldsOf(inner, schemas);
  return fieldsOf(inner, schemas).length === 0 ? [] : [{ key: role, name: '', schema, required: false, role }];
}

/** Words for the type of a schema. A named schema is called by its name. */
export function typeOf(schema: Schema, schemas: Schemas): TypeText {
  if (schema.$ref !== undefined) {
    const target = resolved(schema, schemas);
    if (isComposed(target)) return { kind: 'plain', name: target.title ?? schema.$ref.slice(prefix.length) };
    return typeOf(target, schemas);
  }
  const whole = resolved(schema, schemas);
  const options = optionsOf(whole);
  if (options.length > 0) return either(options.map((option) => typeOf(option, schemas)));
  if (whole.const !== undefined) return { kind: 'plain', name: JSON.stringify(whole.const) };
  if (whole.items !== undefined) return { kind: 'list', of: typeOf(whole.items, schemas) };
  const rest = whole.properties === undefined ? restOf(whole) : undefined;
  if (rest !== undefined) return { kind: 'map', of: typeOf(rest, schemas) };
  const names = whole.type === undefined ? [] : [whole.type].flat();
  if (names.length === 0) return plain((whole.enum ?? whole.format) === undefined ? 'any' : 'string', whole.format);
  return either(names.map((name) => plain(name, whole.format)));
}

/** Whether a value of the schema holds others. */
export function isNested(schema: Schema, schemas: Schemas): boolean {
  return fieldsOf(schema, schemas).length > 0;
}

function plain(name: string, format: string | undefined): TypeText {
  return { kind: 'plain', name, ...(format === undefined || name === 'null' ? {} : { format }) };
}

function either(options: readonly TypeText[]): TypeText {
  const different = [...new Map(options.map((option) => [JSON.stringify(option), option])).values()];
  const [only] = different;
  return different.length === 1 && only !== undefined ? only : { kind: 'either', options: different };
}

function optionsOf({ oneOf, anyOf }: Schema): readonly Schema[] {
  return oneOf ?? anyOf ?? [];
}

function restOf({ additionalProperties, patternProperties }: Schema): Schema | undefined {
  const [pattern] = Object.values(patternProperties ?? {});
  return typeof additionalProperties === 'object' ? additionalProperties : pattern;
}

function isComposed({ properties, oneOf, anyOf }: Schema): boolean {
  return (properties ?? oneOf ?? anyOf) !== undefined;
}
