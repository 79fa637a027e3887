import { domainToASCII } from 'node:url';

/** Where a mail comes from or goes to. */
export interface MailAddress {
  /** '' for none. */
  readonly name: string;
  readonly address: string;
}

// No blank, bracket, comma or quote: what could be read as more than one address is none.
const bareAddress = /^[^\s<>(),;:"[\]\\@\p{Cc}]{1,64}@(?<domain>[^\s<>(),;:"[\]\\@\p{Cc}]{1,255})$/u;

/** A bare address as mail servers take it; undefined for anything that is not exactly one. */
export function mailAddress(text: string): string | undefined {
  const domain = bareAddress.exec(text)?.groups?.domain;
  return domain === undefined || domainToASCII(domain) === '' ? undefined : text;
}

/** 'ada@example.com' or 'Ada Lovelace <ada@example.com>'; undefined for anything else. */
export function namedAddress(text: string): MailAddress | undefined {
  const [, name = '', bare = ''] = /^(?:([^<>\p{Cc}]*?)\s*<([^<>]*)>|.*)$/u.exec(text) ?? [];
  const address = mailAddress(bare || text);
  return address === undefined ? undefined : { name: name.replace(/^"(.*)"$/, '$1').trim(), address };
}

/** A telephone number without what people write between its digits; undefined for anything that is none. */
export function phoneNumber(text: string): string | undefined {
  const number = text.replace(/[\s()./-]/g, '');
  return /^\+?\d{5,15}$/.test(number) ? number : undefined;
}

/** The mail server that takes outgoing mails. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** Speaks TLS from the first byte; otherwise by STARTTLS, where the server offers it. */
  readonly secure: boolean;
  /** Undefined: it asks for no password. */
  readonly login: { readonly user: string; readonly pass: string } | undefined;
}

/** 'smtps://user:password@host:465' or 'smtp://host'; undefined for anything else. */
export function mailServerAt(text: string): MailServer | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return undefined;
  if (url.search + url.hash !== '' || !['', '/'].includes(url.pathname)) return undefined;
  const secure = url.protocol === 'smtps:';
  try {
    const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || (secure ? 465 : 587)),
      secure,
      login: user === '' ? undefined : { user, pass },
    };
  } catch {
    return undefined;
  }
}

/** An http or https URL without user, password and fragment; undefined for anything else. */
export function webAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined;
  return url.username + url.password + url.hash === '' ? url : undefined;
}

/** The URL under which people on the same machine reach a server that listens there. */
export function addressOf(host: string, port: number, tls: boolean): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls ? 'https' : 'http'}://${name}:${port}`;
}
