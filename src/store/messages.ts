import type { Db } from './db.ts';
import { enqueue } from './queue.ts';

/** How a message reaches a person. */
export type MessageMethod = 'email' | 'push' | 'sms' | 'dashboard';

/** Something that one person shall be told. */
export interface Message {
  readonly userId: number;
  readonly method: MessageMethod;
  /** The subject of a mail and the title of a push message. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** Path on this server that it leads to, such as /sign-in. */
  readonly path?: string;
}

/** The job that delivers messages. */
export const messageJob = 'message';

/**
 * Sends messages as soon as the transaction of `db` is committed, each by itself. One that can not reach its person (no
 * mail address, no device, an archived user) is dropped. `now` in epoch seconds.
 */
export async function sendMessages(
  db: Db,
  companyId: number,
  messages: readonly Message[],
  now: number,
): Promise<void> {
  await enqueue(
    db,
    companyId,
    messages.map((message) => ({ name: messageJob, payload: message, due: now })),
  );
}
