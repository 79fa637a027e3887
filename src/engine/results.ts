import { DomainError } from '../lib/errors.ts';
import type { Cells } from '../store/db.ts';
import type { Touched } from './definition.ts';

/** What became of one item of a batch. A failure is a value and never undoes another item. */
export type ItemResult =
  | {
      ok: true;
      id: number;
      cells: Cells;
      /** Other rows were changed or made because of this item. */
      touched: boolean;
      /** The item was accepted, but a row like it exists already. */
      duplicate: boolean;
    }
  | {
      ok: false;
      error: DomainError;
      /** The stored row, which stays as it was. */
      current?: Cells;
    };

export interface Outcome {
  /** In the order of the input. */
  items: ItemResult[];
  /** Rows that changed besides the items themselves, by resource. */
  touched: Touched;
}

export function addTouched(into: Touched, more: Touched): void {
  for (const [resource, ids] of more) {
    const known = into.get(resource) ?? new Set<number>();
    for (const id of ids) known.add(id);
    into.set(resource, known);
  }
}

/** Takes a write back because somebody else wrote at the same moment; the batch is judged anew. */
export function lostRace(): DomainError {
  return new DomainError('unavailable', 'Another change was made at the same moment; try again.', { code: 'retry' });
}

/** Whether a write failed as a whole because somebody else wrote at the same moment; judged anew, the rules say more. */
export function isRace(error: unknown): boolean {
  return error instanceof DomainError && (error.code === 'retry' || error.code?.startsWith('constraint:') === true);
}
