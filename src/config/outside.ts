import { isIP } from 'node:net';
import {
  type MailAddress,
  type MailServer,
  mailAddress,
  mailServerAt,
  namedAddress,
  webAddress,
} from '../lib/addresses.ts';
import { readNumber, refusal } from './server.ts';

/** The web service that sends text messages. */
export interface SmsGateway {
  readonly url: string;
  readonly authorization: string | undefined;
}

/** The server that looks up coordinates of addresses, by Nominatim's search API. */
export interface Geocoder {
  readonly url: string;
  /** Whom its operators may write to. */
  readonly email: string | undefined;
  readonly userAgent: string | undefined;
  /** Between two requests at least. */
  readonly pauseMilliseconds: number;
}

/** OPENPUNCH_PUBLIC_URL, without a slash at the end. */
export function readPublicUrl(text: string): string {
  const url = webAddress(text);
  if (url === undefined || url.search !== '') {
    throw refusal('OPENPUNCH_PUBLIC_URL', 'must be an address such as https://time.example.com');
  }
  return url.href.replace(/\/+$/, '');
}

/** OPENPUNCH_SMTP_URL. */
export function readMailServer(text: string | undefined): MailServer | undefined {
  if (text === undefined) return undefined;
  const server = mailServerAt(text);
  if (server !== undefined) return server;
  // The value is not repeated in the sentence: it may hold a password.
  throw refusal('OPENPUNCH_SMTP_URL', 'must be an address such as smtps://user:password@mail.example.com:465');
}

/** Without one: the account at the mail server where it is an address, else openpunch at the server's own name. */
export function readMailFrom(text: string | undefined, server: MailServer | undefined, publicUrl: string): MailAddress {
  const account = mailAddress(server?.login?.user ?? '');
  const { hostname } = new URL(publicUrl);
  const own = `openpunch@${isIP(hostname.replace(/[[\]]/g, '')) === 0 ? hostname : 'localhost'}`;
  const from = text === undefined ? { name: 'OpenPunch', address: account ?? own } : namedAddress(text);
  if (from === undefined) {
    throw refusal('OPENPUNCH_MAIL_FROM', 'must be a mail address such as OpenPunch <time@example.com>');
  }
  return from;
}

/** OPENPUNCH_SMS_URL and OPENPUNCH_SMS_AUTHORIZATION. */
export function readSmsGateway(url: string | undefined, authorization: string | undefined): SmsGateway | undefined {
  if (url === undefined) {
    if (authorization === undefined) return undefined;
    throw refusal('OPENPUNCH_SMS_URL', 'must be given together with OPENPUNCH_SMS_AUTHORIZATION');
  }
  if (webAddress(url) === undefined) {
    throw refusal('OPENPUNCH_SMS_URL', 'must be an http or https address without user and password');
  }
  if (authorization !== undefined && !/^[\x20-\x7e]{1,2000}$/.test(authorization)) {
    throw refusal('OPENPUNCH_SMS_AUTHORIZATION', 'must be the ASCII text of an Authorization header');
  }
  return { url, authorization };
}

/** OPENPUNCH_GEOCODER_URL and what belongs to it. */
export function readGeocoder(read: (name: string) => string | undefined): Geocoder | undefined {
  const url = read('OPENPUNCH_GEOCODER_URL');
  if (url === undefined) return undefined;
  // The value is not repeated in the sentence: it may hold a key.
  if (webAddress(url) === undefined) {
    throw refusal('OPENPUNCH_GEOCODER_URL', 'must be an http or https address without user and password');
  }
  const email = read('OPENPUNCH_GEOCODER_EMAIL');
  if (email !== undefined && mailAddress(email) === undefined) {
    throw refusal('OPENPUNCH_GEOCODER_EMAIL', 'must be a mail address such as time@example.com');
  }
  const userAgent = read('OPENPUNCH_GEOCODER_USER_AGENT');
  if (userAgent !== undefined && !/^[\x20-\x7e]{1,200}$/.test(userAgent)) {
    throw refusal('OPENPUNCH_GEOCODER_USER_AGENT', 'must be 1 to 200 ASCII characters');
  }
  const pause = read('OPENPUNCH_GEOCODER_PAUSE');
  return {
    url,
    email,
    userAgent,
    pauseMilliseconds: readNumber('OPENPUNCH_GEOCODER_PAUSE', pause, 1_000, 0, 30_000),
  };
}
