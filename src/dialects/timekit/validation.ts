import { DomainError } from '../../lib/errors.ts';
import { zoneName } from '../../lib/time.ts';
import type { Call } from './call.ts';

/** Sentences by the field at fault; a field within another is named with a dot. */
export type Errors = Readonly<Record<string, readonly string[]>>;

/** A request whose fields can not be taken: 422. `action` names the step of a booking that failed. */
export class Invalid extends DomainError {
  readonly errors: Errors;
  readonly action: string | undefined;

  constructor(errors: Errors, action?: string) {
    const [[field, [sentence = ''] = []] = ['']] = Object.entries(errors);
    super('invalid', sentence, { field });
    this.errors = errors;
    this.action = action;
  }
}

/** Something of this kind that is not there, or not of this application: 404. */
export class NotFound extends DomainError {
  readonly model: string;

  constructor(model: string) {
    super('not-found', 'Resource does not exist');
    this.model = model;
  }
}

/** A field of which one thing is said. */
export function invalid(field: string, sentence: string): Invalid {
  return new Invalid({ [field]: [sentence] });
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longestText = 255;

type Rules = { readonly required?: boolean };

/**
 * Reads the fields of an object and collects what is wrong with them, so that a client learns it all at once. A field that
 * is absent or null gives undefined.
 */
export class Fields {
  readonly #errors: Record<string, string[]> = {};
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #within: string;
  readonly #root: Fields;

  constructor(values: Readonly<Record<string, unknown>>, within = '', root?: Fields) {
    this.#values = values;
    this.#within = within;
    this.#root = root ?? this;
  }

  /** Says that a field is wrong. */
  refuse(name: string, sentence: string): undefined {
    const field = this.#within + name;
    const all = this.#root.#errors;
    all[field] = [...(all[field] ?? []), sentence];
  }

  /** Throws Invalid when anything was refused. */
  done(): void {
    if (Object.keys(this.#root.#errors).length > 0) throw new Invalid(this.#root.#errors);
  }

  /** The fields that are there. */
  names(): string[] {
    return Object.keys(this.#values);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && this.#values[name] !== undefined && this.#values[name] !== null;
  }

  /** The value as it came. */
  raw(name: string, { required = false }: Rules = {}): unknown {
    if (this.has(name)) return this.#values[name];
    if (required) this.refuse(name, `The ${spoken(name)} field is required.`);
    return undefined;
  }

  /** A text; a number is one too. */
  text(
    name: string,
    { required = false, longest = longestText }: Rules & { longest?: number } = {},
  ): string | undefined {
    const value = this.raw(name, { required });
    if (value === undefined) return undefined;
    if (typeof value !== 'string' && typeof value !== 'number') {
      return this.refuse(name, `The ${spoken(name)} must be a string.`);
    }
    const text = String(value);
    if (required && text.trim() === '') return this.refuse(name, `The ${spoken(name)} field is required.`);
    if (text.length > longest) {
      return this.refuse(name, `The ${spoken(name)} may not be greater than ${longest} characters.`);
    }
    return text;
  }

  /** One of these words. */
  oneOf<T extends string>(name: string, words: readonly T[], rules: Rules = {}): T | undefined {
    const text = this.text(name, rules);
    if (text === undefined) return undefined;
    const word = words.find((one) => one === text);
    return word ?? this.refuse(name, `The ${spoken(name)} must be one of ${words.join(', ')}.`);
  }

  /** True or false, also as 1, 0, 'true' and 'false'. */
  flag(name: string, rules: Rules = {}): boolean | undefined {
    const value = this.raw(name, rules);
    if (value === undefined) return undefined;
    if (value === true || value === 1 || value === '1' || value === 'true') return true;
    if (value === false || value === 0 || value === '0' || value === 'false') return false;
    return this.refuse(name, `The ${spoken(name)} field must be true or false.`);
  }

  /** A whole number of this range. */
  integer(
    name: string,
    { least = 0, most = 2_147_483_647, ...rules }: Rules & { least?: number; most?: number } = {},
  ): number | undefined {
    const value = this.raw(name, rules);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
      return this.refuse(name, `The ${spoken(name)} must be an integer.`);
    }
    if (number < least || number > most) {
      return this.refuse(name, `The ${spoken(name)} must be between ${least} and ${most}.`);
    }
    return number;
  }

  /** An IANA time zone, in its proper case of letters. */
  zone(name: string, rules: Rules = {}): string | undefined {
    const text = this.text(name, rules);
    if (text === undefined) return undefined;
    return zoneName(text) ?? this.refuse(name, `The ${spoken(name)} is not a valid timezone.`);
  }

  /** An email address. */
  email(name: string, rules: Rules = {}): string | undefined {
    const text = this.text(name, rules)?.trim();
    if (text === undefined || /^[^\s@]+@[^\s@]+$/.test(text)) return text;
    return this.refuse(name, `The ${spoken(name)} must be a valid email address.`);
  }

  /** A moment in epoch seconds; one without an offset is read in Timekit-Timezone, or else in this zone. */
  time({ readTime }: Pick<Call, 'readTime'>, name: string, zone?: string, rules: Rules = {}): number | undefined {
    const value = this.raw(name, rules);
    if (value === undefined) return undefined;
    try {
      return readTime(this.#within + name, value, zone);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return this.refuse(name, error.detail);
    }
  }

  /** A JSON object; an empty list is one without keys, as PHP writes it. */
  object(name: string, rules: Rules = {}): Readonly<Record<string, unknown>> | undefined {
    const value = this.raw(name, rules);
    if (value === undefined || isObject(value)) return value;
    if (Array.isArray(value) && value.length === 0) return {};
    return this.refuse(name, `The ${spoken(name)} must be an object.`);
  }

  /** The fields of an object within this one; what is wrong with them is said with this field's name before theirs. */
  within(name: string, rules: Rules = {}): Fields | undefined {
    const values = this.object(name, rules);
    return values === undefined ? undefined : new Fields(values, `${this.#within}${name}.`, this.#root);
  }

  /** A JSON list. */
  list(name: string, rules: Rules = {}): readonly unknown[] | undefined {
    const value = this.raw(name, rules);
    if (value === undefined || Array.isArray(value)) return value;
    return this.refuse(name, `The ${spoken(name)} must be an array.`);
  }

  /** The fields of each object in a list, named by the list and their place in it; none where it is no list. */
  items(name: string): Fields[] {
    const list = this.raw(name);
    if (!Array.isArray(list)) return [];
    const all = new Fields({ ...list }, `${this.#within}${name}.`, this.#root);
    return list.flatMap((_, index) => all.within(String(index), { required: true }) ?? []);
  }

  /** A list of texts. */
  texts(name: string, rules: Rules = {}): readonly string[] | undefined {
    const values = this.list(name, rules);
    if (values === undefined) return undefined;
    if (values.every((value) => typeof value === 'string')) return values as readonly string[];
    return this.refuse(name, `The ${spoken(name)} must be an array of strings.`);
  }
}

function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}
