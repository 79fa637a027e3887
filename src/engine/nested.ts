import { DomainError } from '../lib/errors.ts';
import { candidateToCreate } from './candidates.ts';
import { type Ctx, resourceOf } from './context.ts';
import type { Candidate, Definition } from './definition.ts';

/** Candidates that are parts of others, each with its parent, and what is wrong with those that could be none. */
export interface Nested {
  children: Candidate[];
  /** How each of them is called in a refusal. */
  places: Map<Candidate, string>;
  /** By the parent's position. */
  refused: Map<number, DomainError>;
}

/** The rows given in a field of type 'rows' as candidates of their own resource, for `judge`. */
export function nestedCandidates(
  ctx: Ctx,
  definition: Definition,
  name: string,
  parents: readonly Candidate[],
): Nested {
  const { references = '', by = '' } = definition.fields[name] ?? {};
  const target = resourceOf(ctx, references);
  const nested: Nested = { children: [], places: new Map(), refused: new Map() };
  for (const parent of parents) {
    for (const [place, item] of (parent.nested[name] ?? []).entries()) {
      const called = `item ${place + 1} of ${name}`;
      const child = candidateToCreate(ctx, target, nested.children.length, item, { parent, by });
      if (child instanceof DomainError) {
        nested.refused.set(parent.index, inside(child, called));
        break;
      }
      nested.children.push(child);
      nested.places.set(child, called);
    }
  }
  return nested;
}

/** A refusal of a part as the refusal of the whole; what is forbidden keeps the sentence that clients know. */
export function inside(refusal: DomainError, place: string): DomainError {
  const { kind, detail, field, code } = refusal;
  const more = { ...(field === undefined ? {} : { field }), ...(code === undefined ? {} : { code }) };
  return new DomainError(kind, kind === 'forbidden' ? detail : `${place}: ${detail}`, more);
}
