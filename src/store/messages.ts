import type { MailAddress } from '../lib/addresses.ts';
import type { Db } from './db.ts';
import { enqueue, enqueueAcross } from './queue.ts';

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
  /** Mail address or mobile number to use instead of the person's own. */
  readonly to?: string;
}

/** The job that delivers messages. */
export const messageJob = 'message';

/**
 * Sends messages as soon as the transaction of `db` is committed, each by itself. One that can not reach its person (no
 * mail address, no device, an archived user) is dropped. `now` in epoch seconds. A job that must know what became of a
 * message calls `deliver` (src/channels/deliver.ts) in its own run.
 */
export function sendMessages(db: Db, companyId: number, messages: readonly Message[], now: number): Promise<void> {
  return sendAcross(
    db,
    messages.map((message) => ({ companyId, message })),
    now,
  );
}

/** The same for messages to people of several companies, in one statement. */
export function sendAcross(
  db: Db,
  messages: readonly { readonly companyId: number; readonly message: Message }[],
  now: number,
): Promise<void> {
  return enqueueAcross(
    db,
    messages.map(({ companyId, message }) => ({ companyId, name: messageJob, payload: message, due: now })),
  );
}

/** A mail to somebody who is no user, such as a customer. */
export interface Letter {
  /** A bare mail address; for anything else the letter is dropped. */
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
  /** In whose name it is sent; the address that it comes from is the server's own. */
  readonly fromName: string;
  readonly replyTo?: MailAddress;
  /** A calendar file (RFC 5545) that goes with it. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** The job that delivers letters. */
export const letterJob = 'letter';

/** Sends letters as soon as the transaction of `db` is committed, each by itself. `now` in epoch seconds. */
export function sendLetters(db: Db, companyId: number, letters: readonly Letter[], now: number): Promise<void> {
  return enqueue(
    db,
    companyId,
    letters.map((letter) => ({ name: letterJob, payload: letter, due: now })),
  );
}
