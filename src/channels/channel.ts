import type { Config } from '../config.ts';
import type { Db } from '../store/db.ts';
import type { Message } from '../store/messages.ts';

/** What a delivery needs of the app's services. */
export interface DeliveryServices {
  readonly config: Config;
  readonly log: { event(entry: Readonly<Record<string, string | number | boolean | undefined>>): void };
  readonly metrics: { readonly messages: { inc(labels: { method: string; outcome: string }): void } };
}

/** Where and when a message is delivered; the run of a job is one. */
export interface Delivery {
  /** A transaction that sees the whole server: what is kept of the message is kept if it commits. */
  readonly db: Db;
  /** Epoch seconds, UTC. */
  readonly now: number;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  readonly services: DeliveryServices;
}

/** An active user as messages reach him. */
export interface Person {
  readonly companyId: number;
  readonly userId: number;
  readonly name: string;
  /** '' for none, as is `mobileNumber`. */
  readonly email: string;
  readonly mobileNumber: string;
}

/** One way to reach a person. False when it does not lead to him; throws when it should be tried again. */
export type Channel = (delivery: Delivery, person: Person, message: Message) => Promise<boolean>;

const longestMilliseconds = 10_000;

/** Ends one exchange with another machine: with the delivery, or after 10 seconds. */
export function timeLimit({ signal }: Delivery): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]);
}

/** The text of a message, with the link that it leads to on a line of its own. */
export function textWithLink({ services }: Delivery, { text, path }: Message): string {
  return path === undefined ? text : `${text.trimEnd()}\n\n${services.config.publicUrl}${path}\n`;
}
