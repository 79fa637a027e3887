import { parseArgs } from 'node:util';

/** What can be measured, each under the name that `--only` takes. */
export const workloadNames = ['page', 'deep', 'ids', 'post', 'batch', 'clock'] as const;
export type WorkloadName = (typeof workloadNames)[number];

/** What the command line asks for. */
export interface Options {
  /** The reduced size; its numbers show that everything runs, not how fast. */
  readonly quick: boolean;
  /** Timesheets in all companies together. */
  readonly rows: number;
  readonly companies: number;
  readonly rounds: number;
  /** Seconds that one target is loaded in one round. */
  readonly seconds: number;
  readonly only: readonly WorkloadName[];
  /** File that gets the results too. */
  readonly json: string | undefined;
  /** Makes the data anew. */
  readonly fresh: boolean;
}

export const usage = `npm run bench -- [--quick] [--rows N] [--companies N] [--rounds N] [--seconds N]
  [--only ${workloadNames.join(',')}] [--json FILE] [--fresh]`;

/** Page 501 has to exist in one company, at the smaller page size too. */
const fewestRows = 30_000;
const fewestCompanies = 3;

/** Reads the arguments. Throws an Error with one sentence. */
export function readOptions(words: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: flag,
      fresh: flag,
      rows: text,
      companies: text,
      rounds: text,
      seconds: text,
      only: text,
      json: text,
    },
  });
  const { quick, fresh, json } = values;
  return {
    quick,
    fresh,
    json,
    rows: readNumber('rows', values.rows, quick ? 60_000 : 1_000_000, fewestRows),
    companies: readNumber('companies', values.companies, quick ? 5 : 50, fewestCompanies),
    rounds: readNumber('rounds', values.rounds, quick ? 2 : 5, 1),
    seconds: readNumber('seconds', values.seconds, quick ? 1 : 4, 0.2),
    only: readNames(values.only),
  };
}

function readNumber(name: string, text: string | undefined, otherwise: number, least: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const whole = name === 'seconds' || Number.isInteger(value);
  if (!(value >= least && whole)) throw new Error(`--${name} must be a number of at least ${least}, not "${text}".`);
  return value;
}

function readNames(text: string | undefined): readonly WorkloadName[] {
  if (text === undefined) return workloadNames;
  const wanted = new Set(text.split(',').map((word) => word.trim()));
  for (const word of wanted) {
    if (!workloadNames.some((name) => name === word)) {
      throw new Error(`--only takes ${workloadNames.join(', ')}; there is no workload "${word}".`);
    }
  }
  return workloadNames.filter((name) => wanted.has(name));
}
