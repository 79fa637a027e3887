import { DomainError } from '../../lib/errors.ts';

/**
 * Waits for work of the core; where it refuses a property, the refusal calls it as this API does: `words` by property name.
 */
export async function inWordsOf<T>(words: Readonly<Record<string, string>>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.field === undefined) throw error;
    const { kind, field, detail, code } = error;
    const word = Object.hasOwn(words, field) ? words[field] : undefined;
    if (word === undefined) throw error;
    // Inside of a sentence, what has no underscore is a word like any other.
    const said = detail.replaceAll(new RegExp(field.includes('_') ? `\\b${field}\\b` : `^${field}\\b`, 'g'), word);
    throw new DomainError(kind, said, { field: word, ...(code === undefined ? {} : { code }) });
  }
}
