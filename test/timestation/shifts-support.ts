import assert from 'node:assert/strict';
import type { Answer, Json } from '../support/api.ts';
import type { TimeStation } from '../support/timestation.ts';

/** The shift of an answer, or what an answer without one says. */
export function shiftOf(answer: Answer): Json {
  assert.equal(answer.status, 200, answer.text);
  return answer.body.shift as unknown as Json;
}

/** Makes a shift; gives its id. */
export async function makeShift(api: TimeStation, form: Readonly<Record<string, string>>): Promise<string> {
  const made = shiftOf(await api.post('/shifts', form));
  assert.deepEqual(Object.keys(made), ['shift_id']);
  return String(made.shift_id);
}

/** That an answer refuses with this status, in TimeStation's shape and with such words. */
export function assertRefused(answer: Answer, status: number, says: RegExp, what: string): void {
  assert.equal(answer.status, status, `${what}: ${answer.text}`);
  const { error } = answer.body as unknown as { error: { error_code: string; error_text: string } };
  assert.deepEqual(Object.keys(answer.body), ['error'], what);
  assert.deepEqual(Object.keys(error), ['error_code', 'error_text'], what);
  assert.equal(error.error_code, String(status), what);
  assert.match(error.error_text, says, what);
}
