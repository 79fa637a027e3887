import { phoneNumber } from '../lib/addresses.ts';
import { DomainError } from '../lib/errors.ts';
import type { Message } from '../store/messages.ts';
import { type Delivery, type Person, textWithLink, timeLimit } from './channel.ts';
import { keepInOutbox } from './outbox.ts';

/** Sends a text message through the gateway; without one it is kept in the outbox. */
export async function sendSms(delivery: Delivery, person: Person, message: Message): Promise<boolean> {
  const to = phoneNumber(message.to ?? person.mobileNumber);
  if (to === undefined) return false;
  const text = textWithLink(delivery, message).trimEnd();
  const { smsGateway } = delivery.services.config;
  if (smsGateway === undefined) {
    const { subject } = message;
    const file = `To: ${to}\n\n${text}\n`;
    await keepInOutbox(delivery, person, { method: 'sms', recipient: to, subject, text, file });
    return true;
  }
  const { url, authorization } = smsGateway;
  const status = await post(url, authorization, JSON.stringify({ to, text }), timeLimit(delivery));
  if (status < 200 || status > 299) throw new DomainError('unavailable', `The SMS gateway answered ${status}`);
  return true;
}

/** Gives the status. Neither the address nor what it carries gets into a message of an error. */
async function post(
  url: string,
  authorization: string | undefined,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await answer.body?.cancel();
    return answer.status;
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    throw new DomainError('unavailable', `The SMS gateway can not be reached: ${cause?.code ?? name ?? 'unknown'}`);
  }
}
