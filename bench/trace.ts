import { appendFileSync } from 'node:fs';
import pg from 'pg';

/**
 * Loaded into the product by --import when its statements are counted, never when it is measured: writes the text of every
 * statement that is sent to PostgreSQL to the file that BENCH_TRACE names, a JSON string a line.
 */
const file = process.env.BENCH_TRACE ?? '/dev/null';
const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
const original = prototype.query;

prototype.query = function query(this: unknown, ...args: unknown[]): unknown {
  const [first] = args;
  const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
  appendFileSync(file, `${JSON.stringify(text ?? '')}\n`);
  return original.apply(this, args);
};
