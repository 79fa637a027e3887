import { RE2JS } from 're2js';

/** Characters that a custom field's value may have at most. */
export const LONGEST_VALUE = 255;

const LONGEST_PATTERN = 200;

/**
 * A custom field's regex_filter as a test of a value; it may match anywhere unless anchored. Matching takes time in
 * proportion to the value, whatever the expression, because RE2's syntax has no look-around and no back-references.
 * Undefined when it is no expression of that syntax or longer than 200 characters.
 */
export function compileFilter(pattern: string): ((value: string) => boolean) | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  try {
    const expression = RE2JS.compile(pattern);
    return (value) => expression.test(value);
  } catch {
    return undefined;
  }
}
