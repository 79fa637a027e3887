import { DomainError } from '../lib/errors.ts';
import type { Letter, Message, MessageMethod } from '../store/messages.ts';
import { sql } from '../store/sql.ts';
import type { Channel, Delivery, Person } from './channel.ts';
import { putOnDashboard } from './dashboard.ts';
import { sendLetter, sendMail } from './mail.ts';
import { sendPush } from './push.ts';
import { sendSms } from './sms.ts';

const channels: Readonly<Record<MessageMethod, Channel>> = {
  email: sendMail,
  push: sendPush,
  sms: sendSms,
  dashboard: putOnDashboard,
};

/**
 * Delivers a message now; for jobs, whose run is the `delivery`. 'dropped' when it can not reach its person: an archived
 * user, no address, no device. Throws when it should be tried again. What is not urgent to the caller goes through
 * `sendMessages` (src/store/messages.ts), so that each message is tried again by itself.
 */
export async function deliver(delivery: Delivery, companyId: number, message: Message): Promise<'sent' | 'dropped'> {
  const { method, userId, path } = message;
  if (path !== undefined && !/^\/(?![/\\])[\x21-\x7e]*$/.test(path)) {
    throw new DomainError('invalid', 'The path of a message must begin with one slash.');
  }
  const person = await personOf(delivery, companyId, userId);
  const sent = person !== undefined && (await channels[method](delivery, person, message));
  return counted(delivery, method, sent);
}

/** Delivers a letter now. 'dropped' when its address is none. Throws when it should be tried again. */
export async function deliverLetter(
  delivery: Delivery,
  companyId: number,
  letter: Letter,
): Promise<'sent' | 'dropped'> {
  return counted(delivery, 'email', await sendLetter(delivery, companyId, letter));
}

function counted({ services }: Delivery, method: MessageMethod, sent: boolean): 'sent' | 'dropped' {
  const outcome = sent ? 'sent' : 'dropped';
  services.metrics.messages.inc({ method, outcome });
  return outcome;
}

/** A user who is active. */
async function personOf({ db }: Delivery, companyId: number, userId: number): Promise<Person | undefined> {
  const [row] = await db.rows(sql`
    SELECT first_name, last_name, email, mobile_number FROM users
    WHERE company_id = ${companyId} AND id = ${userId} AND active`);
  if (row === undefined) return undefined;
  const [first, last, email, mobileNumber] = row.map(String);
  return { companyId, userId, name: `${first} ${last}`.trim(), email: email ?? '', mobileNumber: mobileNumber ?? '' };
}
