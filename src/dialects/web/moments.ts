import { isoLocal } from '../../lib/time.ts';

/** Epoch seconds as this API writes moments. */
export function momentOf(epochSeconds: number): string;
export function momentOf(epochSeconds: number | null): string | null;
export function momentOf(epochSeconds: number | null): string | null {
  return epochSeconds === null ? null : isoLocal(epochSeconds, 0);
}
