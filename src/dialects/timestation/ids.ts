import Sqids from 'sqids';
import { DomainError } from '../../lib/errors.ts';

const length = 10;
/** The largest id that a table can give. */
const largest = 2 ** 31 - 1;

/**
 * TimeStation's ids: a word for the kind and ten characters that look random, made from the number that the other doors
 * show. The alphabets are part of the interface: another order would change every id that clients have stored.
 */
const kinds = {
  emp: { noun: 'employee', sqids: sqidsOf('tpjxzqy2b9lehvg60oi1fsk853m7rd4aunwc') },
  dpt: { noun: 'department', sqids: sqidsOf('lt5h8w60ikps4gqzunfoa9j1brcy7ve2m3dx') },
  shft: { noun: 'shift', sqids: sqidsOf('0bthiymo278zlekgdr39wuqa6fnjc1xvp45s') },
} as const;

export type Kind = keyof typeof kinds;

function sqidsOf(alphabet: string): Sqids {
  return new Sqids({ alphabet, minLength: length });
}

/** The id that clients see: idOf('emp', 7) is 'emp_' and ten characters. */
export function idOf(kind: Kind, number: number): string {
  return `${kind}_${kinds[kind].sqids.encode([number])}`;
}

/** The number behind an id. Throws 'not-found' for a text that is no id of this kind. */
export function numberOf(kind: Kind, text: string): number {
  const { sqids } = kinds[kind];
  const prefix = `${kind}_`;
  const word = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  const [number = -1, ...rest] = /^[a-z\d]{10}$/.test(word) ? sqids.decode(word) : [];
  // Several words lead to one number; only the one that we give is its id.
  const isId = number >= 1 && number <= largest && rest.length === 0 && sqids.encode([number]) === word;
  if (!isId) throw noSuch(kind);
  return number;
}

/** The refusal where nothing has this id, or nothing that the key's user may see. */
export function noSuch(kind: Kind): DomainError {
  return new DomainError('not-found', `The ${kinds[kind].noun} does not exist`);
}
