import type { Content, Media, Schema } from '../../../src/http/openapi/types.ts';
import { resolved, type Schemas } from './schema.ts';

/** An example as people read it. */
export interface Shown {
  readonly name: string;
  /** '' where there is only one. */
  readonly summary: string;
  readonly value: unknown;
}

/** The first type of a body that the portal can show and send; JSON before the others. */
export function mediaOf(content: Content | undefined): { type: string; media: Media } | undefined {
  const all = Object.entries(content ?? {});
  const [type, media] = all.find(([name]) => /json$/.test(name)) ?? all[0] ?? [];
  return type === undefined || media === undefined ? undefined : { type, media };
}

/** The examples of a body: those that are written down, else one made of its schema. */
export function examplesOf(media: Media, schemas: Schemas): Shown[] {
  const written = Object.entries(media.examples ?? {});
  if (written.length > 0) {
    return written.map(([name, { summary = written.length === 1 ? '' : name, value }]) => ({ name, summary, value }));
  }
  const value = media.example ?? exampleOf(media.schema, schemas);
  return value === undefined ? [] : [{ name: 'example', summary: '', value }];
}

/**
 * A value that fits a schema, from its own examples where it has some: what is required of it, or all where nothing is. Undefined
 * where there is nothing to tell.
 */
export function exampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  const whole = resolved(schema, schemas);
  const { examples, const: constant, default: preset, items, properties, oneOf, anyOf } = whole;
  const said = [examples?.[0], constant, preset, whole.enum?.[0]].find((value) => value !== undefined);
  if (said !== undefined) return said;
  const [option] = oneOf ?? anyOf ?? [];
  if (option !== undefined) return exampleOf(option, schemas, depth);
  if (depth > 6) return undefined;
  if (items !== undefined) return [exampleOf(items, schemas, depth + 1)].filter((value) => value !== undefined);
  if (properties !== undefined) {
    const { required = [] } = whole;
    const writable = Object.entries(properties).filter(([name, property]) => {
      return (required.length === 0 || required.includes(name)) && !isReadOnly(resolved(property, schemas));
    });
    const values = writable.map(([name, property]) => [name, exampleOf(property, schemas, depth + 1)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
  return plainExample(whole);
}

function isReadOnly(schema: Schema): boolean {
  return schema['x-access'] === 'read-only' || schema.readOnly === true;
}

function plainExample({ type, format, minimum }: Schema): unknown {
  const [first] = [type].flat();
  if (first === 'integer' || first === 'number') return minimum ?? 1;
  if (first === 'boolean') return true;
  if (first === 'object') return {};
  if (first !== 'string') return undefined;
  if (format === 'date') return '2026-06-01';
  return format === 'date-time' ? '2026-06-01T09:00:00-06:00' : 'text';
}
