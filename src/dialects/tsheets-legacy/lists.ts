import { readInteger } from '../../engine/coerce.ts';
import type { Params } from './action.ts';
import { given, invalid } from './read.ts';

/** A comma separated list of ids, each once; empty when it is not given. Throws 'invalid' for more than `most`. */
export function idsGiven(params: Params, name: string, most: number): number[] {
  const items = (given(params, name) ?? '').split(',').filter((item) => item.trim() !== '');
  if (items.length > most) throw invalid(name, `a list of at most ${most} ids`);
  const ids = items.map((item) => {
    const id = readInteger(item);
    if (id === undefined) throw invalid(name, 'a list of ids');
    return id;
  });
  return [...new Set(ids)];
}
