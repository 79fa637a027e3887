import { DomainError } from '../lib/errors.ts';
import { isBlank } from './coerce.ts';
import type { Ctx } from './context.ts';
import type { Definition } from './definition.ts';

/**
 * The same request with the options that it gives for a resource; `given` tells the raw value of a name. Throws DomainError
 * for a value that the definition does not list.
 */
export function withOptions(ctx: Ctx, { options = {} }: Definition, given: (name: string) => unknown): Ctx {
  const chosen = new Map<string, string>();
  for (const [name, { values }] of Object.entries(options)) {
    const raw = given(name);
    if (isBlank(raw)) continue;
    const value = values.find((one) => one === raw);
    if (value === undefined)
      throw new DomainError('invalid', `${name} must be one of ${values.join(', ')}`, { field: name });
    chosen.set(name, value);
  }
  return chosen.size === 0 ? ctx : { ...ctx, options: chosen };
}

/** What a request says about an option, or what holds when it says nothing. Throws for an option that does not exist. */
export function optionOf(
  ctx: Ctx,
  { name: resource, options }: Pick<Definition, 'name' | 'options'>,
  name: string,
): string {
  const option = options?.[name];
  if (option === undefined) throw new Error(`${resource} has no option ${name}`);
  return ctx.options?.get(name) ?? option.byDefault;
}
