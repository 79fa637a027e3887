import { parseArgs } from 'node:util';
import { DomainError } from '../lib/errors.ts';

/** One option of a command. */
export interface Option {
  /** What its text is, as the help shows it: 'NAME'; none for an option that is there or not. */
  readonly value?: string;
  readonly means: string;
  readonly required?: true;
}

/** The texts of the options that were given; an option without a text is 'yes'. */
export type Given = Readonly<Record<string, string | undefined>>;

/** A command of the command line. */
export interface Command {
  /** One or two words: 'serve', 'company create'. */
  readonly name: string;
  readonly means: string;
  readonly options: Readonly<Record<string, Option>>;
  /** A word of its own behind the command, without a name; `run` finds it as 'operand'. */
  readonly operand?: Option;
  /** Does the work; gives the exit code. A DomainError becomes a sentence and exit code 1. */
  run(given: Given): Promise<number>;
}

/** A command line that can not be understood; exit code 2. */
export class UsageError extends Error {}

/** Reads the options of a command. Throws UsageError. */
export function readOptions(command: Command, words: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  let parsed: Record<string, string | boolean | undefined>;
  let positionals: string[];
  const allowPositionals = command.operand !== undefined;
  try {
    ({ values: parsed, positionals } = parseArgs({ args: [...words], options, strict: true, allowPositionals }));
  } catch (error) {
    // Node's advice about '--' comes after the first sentence.
    throw new UsageError(`${String((error as Error).message).split(/[.\n]/)[0]}.`);
  }
  const values = Object.fromEntries(
    Object.entries(parsed).map(([name, given]) => [name, given === true ? 'yes' : given === false ? undefined : given]),
  );
  for (const [name, { value, required }] of Object.entries(command.options)) {
    if (required && !values[name]?.trim()) throw new UsageError(`${command.name} needs --${name} ${value}.`);
  }
  if (command.operand === undefined) return values;
  const [operand, ...more] = positionals;
  if (operand === undefined || more.length > 0)
    throw new UsageError(`${command.name} needs one ${command.operand.value}.`);
  return { ...values, operand };
}

/** A required option (or the operand), which `readOptions` has seen. */
export function required(given: Given, name: string): string {
  const value = given[name];
  if (value === undefined) throw new Error(`Option --${name} is not declared as required`);
  return value;
}

/** The sentence for the person at the terminal; a mistake of the program keeps its stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof DomainError) return error.detail;
  if (error instanceof UsageError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const fromSystem = 'code' in error && typeof error.code === 'string';
  return fromSystem ? `${error.message.split('\n')[0] || error.code}` : (error.stack ?? error.message);
}
