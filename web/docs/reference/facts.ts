import type { Schema } from '../../../src/http/openapi/types.ts';

/** A limit or a choice of a value, to be said in words by the page. */
export interface Fact {
  readonly about: 'oneOf' | 'default' | 'minimum' | 'above' | 'maximum' | 'shortest' | 'longest' | 'most' | 'pattern';
  readonly values: readonly string[];
}

/** What a schema demands of a value beyond its type. */
export function factsOf(schema: Schema): Fact[] {
  const facts: [Fact['about'], unknown][] = [
    ['default', schema.default],
    // That ids and lengths are not negative goes without saying.
    ['minimum', schema.minimum === 0 ? undefined : schema.minimum],
    ['above', schema.exclusiveMinimum],
    ['maximum', schema.maximum],
    ['shortest', schema.minLength],
    ['longest', schema.maxLength],
    ['most', schema.maxItems],
    ['pattern', schema.pattern],
  ];
  const choices = schema.enum ?? schema.items?.enum;
  return [
    ...(choices === undefined ? [] : [{ about: 'oneOf' as const, values: choices.map(shown) }]),
    ...facts.flatMap(([about, value]) => (value === undefined ? [] : [{ about, values: [shown(value)] }])),
  ];
}

function shown(value: unknown): string {
  if (value === '') return '""';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
