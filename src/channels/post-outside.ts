import { lookup } from 'node:dns';
import http, { type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { endpointFault, isPrivateAddress } from '../rules/push-endpoint.ts';

interface Post {
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** Bytes of the answer that are wanted; none when not said. */
  readonly excerpt?: number;
}

/** What was answered: the status, and the beginning of the body. */
export interface OutsideAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Posts to a URL that a client of ours named. Redirects are not followed. Unless private addresses are allowed, the connection
 * is refused when the name leads to one: it is checked where the connection is made, so that a name can not mean one address to
 * the check and another to the connection.
 */
export async function postOutside(url: string, options: Post): Promise<OutsideAnswer> {
  const { headers, body, allowPrivate, signal, excerpt = 0 } = options;
  const fault = endpointFault(url, allowPrivate);
  if (fault !== undefined) throw new Error(`the address ${fault}`);
  const { promise, resolve, reject } = Promise.withResolvers<OutsideAnswer>();
  const { request } = url.startsWith('https:') ? https : http;
  const outgoing = request(url, {
    method: 'POST',
    headers,
    signal,
    agent: false,
    ...(allowPrivate ? {} : { lookup: publicLookup }),
  });
  outgoing.on('error', reject);
  // Whatever becomes of the connection, somebody waits for an outcome.
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  outgoing.on('upgrade', (_answer, socket) => {
    socket.destroy();
    reject(new Error('it wants to speak another protocol'));
  });
  outgoing.on('response', (answer) => {
    const status = answer.statusCode ?? 0;
    const pieces: Buffer[] = [];
    let length = 0;
    const finish = (): void => {
      answer.destroy();
      resolve({ status, text: Buffer.concat(pieces).subarray(0, excerpt).toString() });
    };
    if (excerpt === 0) return finish();
    answer.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (length >= excerpt) finish();
    });
    answer.on('error', reject);
    answer.on('end', finish);
  });
  outgoing.end(body);
  return promise;
}

/** Resolves a name, and fails when any of its addresses is private. */
export const publicLookup: NonNullable<RequestOptions['lookup']> = (name, options, callback) => {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const fault = addresses.length === 0 || addresses.some(({ address }) => isPrivateAddress(address));
    if (fault) return callback(new Error('the address must not lead into a private network'), '', 0);
    if (options.all) return callback(null, addresses);
    const [{ address } = { address: '' }] = addresses;
    return callback(null, address, isIP(address));
  });
};
