import { DomainError } from '../../lib/errors.ts';
import type { Call, Params } from './action.ts';

/** A parameter without the blanks around it; undefined when it is not given, or blank. */
export function given(params: Params, name: string): string | undefined {
  const text = params.get(name)?.trim();
  return text === '' ? undefined : text;
}

/** A parameter that must be given. Throws 'missing'. */
export function required(params: Params, name: string): string {
  const text = given(params, name);
  if (text === undefined) throw new DomainError('missing', `The parameter ${name} is required`, { field: name });
  return text;
}

/** The refusal of a parameter that can not be understood. */
export function invalid(name: string, mustBe: string): DomainError {
  return new DomainError('invalid', `${name} must be ${mustBe}`, { field: name });
}

/** An id, or 0 for none; undefined when it is not given. */
export function idGiven(params: Params, name: string): number | undefined {
  const text = given(params, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) throw invalid(name, 'an id');
  return Number(text);
}

/** Whether a switch is set: 1, in some clients true or yes. */
export function isSet(params: Params, name: string): boolean {
  const text = given(params, name) ?? '0';
  if (/^(1|true|yes)$/i.test(text)) return true;
  if (/^(0|false|no)$/i.test(text)) return false;
  throw invalid(name, '1 or 0');
}

/** A number within bounds; undefined when it is not given. */
export function numberGiven(
  params: Params,
  name: string,
  { least, most, whole = false }: { least: number; most: number; whole?: boolean },
): number | undefined {
  const text = given(params, name);
  if (text === undefined) return undefined;
  const shape = whole ? /^[+-]?\d{1,15}$/ : /^[+-]?(\d{1,15}(\.\d*)?|\.\d+)$/;
  const value = Number(text);
  if (!shape.test(text) || value < least || value > most) {
    throw invalid(name, `${whole ? 'a whole number' : 'a number'} from ${least} to ${most}`);
  }
  return value;
}

/** More than any clock was ever wrong; what may lie so far back, the rules of the action say. */
const mostSecondsAgo = 10 * 366 * 86_400;

/** When an action is to have happened (epoch seconds): `seconds` before now. */
export function momentOf({ ctx, params }: Pick<Call, 'ctx' | 'params'>): number {
  return ctx.now - (numberGiven(params, 'seconds', { least: 0, most: mostSecondsAgo, whole: true }) ?? 0);
}
