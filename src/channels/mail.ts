import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { MailServer } from '../lib/addresses.ts';
import { mailAddress } from '../lib/addresses.ts';
import { DomainError } from '../lib/errors.ts';
import type { Letter, Message } from '../store/messages.ts';
import { type Delivery, type Person, textWithLink, timeLimit } from './channel.ts';
import { type KeptFor, keepInOutbox } from './outbox.ts';

const silenceMilliseconds = 10_000;

/** Sends a message by mail; without a mail server it is kept in the outbox. */
export function sendMail(delivery: Delivery, person: Person, message: Message): Promise<boolean> {
  const { companyId, userId, name, email } = person;
  const mail = { to: message.to ?? email, name, subject: message.subject, text: textWithLink(delivery, message) };
  return send(delivery, { companyId, userId }, mail);
}

/** The same for a letter to somebody who is no user of the company. */
export function sendLetter(delivery: Delivery, companyId: number, letter: Letter): Promise<boolean> {
  return send(delivery, { companyId, userId: null }, letter);
}

/** A mail before it is put into its form. */
type Draft = Pick<Letter, 'to' | 'subject' | 'text'> &
  Partial<Letter> & {
    /** What its reader is called. */
    readonly name?: string;
  };

async function send(delivery: Delivery, owner: KeptFor, draft: Draft): Promise<boolean> {
  const recipient = mailAddress(draft.to);
  if (recipient === undefined) return false;
  const { mailServer } = delivery.services.config;
  const mail = mailOf(delivery, recipient, draft);
  if (mailServer === undefined) {
    const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
    const { message: file } = await composer.sendMail(mail);
    const { subject, text } = mail;
    await keepInOutbox(delivery, owner, { method: 'email', recipient, subject, text, file: file as Buffer });
    return true;
  }
  await hand(mailServer, mail, timeLimit(delivery));
  return true;
}

type Mail = ReturnType<typeof mailOf>;

function mailOf({ now, services }: Delivery, address: string, draft: Draft) {
  const { mailFrom } = services.config;
  const { name = '', subject, text, fromName, replyTo, calendar } = draft;
  const answers = mailAddress(replyTo?.address ?? '');
  return {
    from: fromName === undefined ? mailFrom : { ...mailFrom, name: oneLine(fromName) },
    to: { name: oneLine(name), address },
    ...(answers === undefined ? {} : { replyTo: { name: oneLine(replyTo?.name ?? ''), address: answers } }),
    subject: oneLine(subject),
    text,
    ...(calendar === undefined ? {} : { icalEvent: { ...calendar, filename: 'booking.ics' } }),
    date: new Date(now * 1000),
    messageId: `<${randomUUID()}@${mailFrom.address.split('@')[1]}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** A header is one line, whatever somebody wrote into it. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

async function hand(server: MailServer, mail: Mail, signal: AbortSignal): Promise<void> {
  const { host, port, secure, login } = server;
  const transport = createTransport({
    host,
    port,
    secure,
    // A password never leaves the machine in clear.
    requireTLS: login !== undefined && !isLoopback(host),
    ...(login === undefined ? {} : { auth: login }),
    dnsTimeout: silenceMilliseconds,
    connectionTimeout: silenceMilliseconds,
    greetingTimeout: silenceMilliseconds,
    socketTimeout: silenceMilliseconds,
  });
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(new Error('it took too long'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    await Promise.race([transport.sendMail(mail), aborted.promise]);
  } catch (error) {
    const reason = withoutPassword(String((error as Error).message), login?.pass);
    throw new DomainError('unavailable', `The mail server ${host}:${port} did not take the mail: ${reason}`);
  } finally {
    signal.removeEventListener('abort', abort);
    transport.close();
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Servers repeat what they did not understand. */
function withoutPassword(text: string, password = ''): string {
  if (password === '') return text;
  const forms = [password, Buffer.from(password).toString('base64')];
  return forms.reduce((clean, form) => clean.replaceAll(form, '[redacted]'), text);
}
