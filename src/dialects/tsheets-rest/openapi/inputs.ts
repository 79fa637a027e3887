import type { Definition, Field } from '../../../engine/definition.ts';
import type { Schema } from '../../../http/openapi/types.ts';
import { about } from './fields.ts';
import { byId, objectName, schemaRef } from './names.ts';

const usualLongest = 255;

/** A field as clients send it; `blank` when a blank text takes its value away. */
export function sent(resources: ReadonlyMap<string, Definition>, field: Field, blank: boolean): Schema {
  const { readOnly: _, ...said } = about(field);
  const byDefault = simpleDefault(field);
  return {
    ...orBlank(value(resources, field), field, blank),
    ...said,
    ...(byDefault === undefined || blank ? {} : { default: byDefault }),
  };
}

function simpleDefault({ byDefault }: Field): unknown {
  return typeof byDefault === 'object' ? undefined : byDefault;
}

function value(resources: ReadonlyMap<string, Definition>, field: Field): Schema {
  switch (field.type) {
    case 'integer':
      return { type: 'integer', ...limits(field), ...(field.oneOf === undefined ? {} : { enum: field.oneOf }) };
    case 'reference':
      return { type: 'integer', minimum: field.required === true && field.orNone !== true ? 1 : 0 };
    case 'decimal':
    case 'offset-hours':
      return { type: 'number', ...limits(field) };
    case 'boolean':
      return { type: 'boolean' };
    case 'day':
      return field.withTime ? { type: 'string' } : { type: 'string', format: 'date' };
    case 'instant':
    case 'local-instant':
      return { type: 'string', format: 'date-time' };
    case 'choice':
      return { type: 'string', enum: [...(field.given ?? field.values ?? []), ...Object.keys(field.alsoCalled ?? {})] };
    case 'ids':
      return {
        type: 'array',
        items: { type: 'integer' },
        ...(field.most === undefined ? {} : { maxItems: field.most }),
      };
    case 'rows':
      return {
        type: 'array',
        items: rowOf(resources, field),
        ...(field.most === undefined ? {} : { maxItems: field.most }),
      };
    case 'flags':
      return objectOf(field.values ?? [], { type: 'boolean' });
    case 'links':
      return objectOf(field.values ?? [], { type: 'array', items: { type: 'integer' } });
    case 'map':
      return byId({ type: 'string' });
    case 'record':
      return {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(field.keys ?? {}).map(([name, part]) => [name, sent(resources, part, false)]),
        ),
        additionalProperties: false,
      };
    default:
      return textOf(field);
  }
}

function textOf({ longest = usualLongest, required, pattern, listed }: Field): Schema {
  return {
    type: 'string',
    ...(required === true ? { minLength: 1 } : {}),
    ...(Number.isFinite(longest) && !listed ? { maxLength: longest } : {}),
    ...(pattern === undefined || pattern.test.flags.includes('i') ? {} : { pattern: pattern.test.source }),
  };
}

function objectOf(names: readonly string[], each: Schema): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, each])),
    additionalProperties: false,
  };
}

function limits({ least, most }: Field): Schema {
  return { ...(least === undefined ? {} : { minimum: least }), ...(most === undefined ? {} : { maximum: most }) };
}

function rowOf(resources: ReadonlyMap<string, Definition>, { references = '' }: Field): Schema {
  const definition = resources.get(references);
  if (definition === undefined) throw new Error(`${references} is no resource`);
  return schemaRef(`New${objectName(definition)}Part`);
}

/** Texts are blank as they are. Of the others a moment may be sent as '', and what a change takes away. */
function orBlank(schema: Schema, { type, required }: Field, blank: boolean): Schema {
  if (required === true) return schema;
  const isMoment = type === 'instant' || type === 'local-instant';
  const isEmptied = blank && (type === 'day' || schema.pattern !== undefined);
  return isMoment || isEmptied ? { anyOf: [schema, { const: '' }] } : schema;
}
