import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The value of --password that says: the first line of standard input. */
const fromInput = '-';

/** A password, and whether it was made here, so that it has to be shown. */
export interface Chosen {
  readonly password: string;
  readonly made: boolean;
}

/** The password of --password; at a terminal it is asked for, without showing it; else, or when left empty, one is made. */
export async function choosePassword(given: string | undefined): Promise<Chosen> {
  const asked = given === fromInput || (given === undefined && process.stdin.isTTY) ? await readLine() : given;
  if (asked) return { password: asked, made: false };
  return { password: randomBytes(15).toString('base64url'), made: true };
}

async function readLine(): Promise<string> {
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('Password (empty for a random one): ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (terminal) process.stderr.write('\n');
  }
}
