import { type Errors, Invalid } from '../validation.ts';

/** Collects what is wrong with a request, so that a client learns it all at once. */
export class Refusals {
  readonly #errors: Record<string, readonly string[]> = {};

  add(field: string, ...sentences: readonly string[]): void {
    this.#errors[field] = [...(this.#errors[field] ?? []), ...sentences];
  }

  addAll(errors: Errors): void {
    for (const [field, sentences] of Object.entries(errors)) this.add(field, ...sentences);
  }

  /** Throws Invalid when anything was refused. */
  done(): void {
    if (Object.keys(this.#errors).length > 0) throw new Invalid(this.#errors);
  }
}
