import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Config } from '../config.ts';
import { frameworkLog } from './framework-log.ts';
import type { Log } from './log.ts';
import { requestIdOf } from './request-id.ts';
import { readTls } from './tls.ts';

const megabyte = 1_048_576;

/** Statuses of what Node itself refuses, by its error code. */
const answers: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** How a door says that an address is none, for all addresses that begin like this: 400 with a body of this type. */
export interface BadAddress {
  readonly below: string;
  readonly type: string;
  readonly body: string;
  /** Further headers, in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

const plainly: Omit<BadAddress, 'below'> = {
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ error: { code: 400, message: 'The address is not valid.' } }),
};

/** Makes the HTTP or HTTPS server, without any route or hook. What can not be routed is answered by `badAddresses`. */
export function createServer(config: Config, log: Log, badAddresses: readonly BadAddress[] = []): FastifyInstance {
  const options: FastifyServerOptions = {
    ...frameworkLog(log),
    trustProxy: config.trustProxy === undefined ? false : config.trustProxy === true ? true : [...config.trustProxy],
    genReqId: requestIdOf,
    bodyLimit: 2 * megabyte,
    // To receive a request, a photo over a mobile network included; and of silence on a connection, beyond the longest statement.
    requestTimeout: 120_000,
    connectionTimeout: 90_000,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreDuplicateSlashes: true, ignoreTrailingSlash: true, maxParamLength: 5_000 },
    frameworkErrors: (_error, request, { raw }) => {
      const url = (request.raw.url ?? '').replace(/^\/+/, '/');
      const { type, body, headers } = badAddresses.find(({ below }) => url.startsWith(below)) ?? plainly;
      raw.writeHead(400, { ...headers, 'content-type': type, 'x-request-id': request.id });
      raw.end(body);
    },
  };
  // What is no HTTP, or has headers beyond all measure, never becomes a request: the connection is answered and closed.
  options.clientErrorHandler = ({ code }, socket) => {
    if (!socket.writable) return void socket.destroy();
    const [status, reason] = answers[code ?? ''] ?? [400, 'Bad Request'];
    const body = JSON.stringify({ error: { code: status, message: `${reason}.` } });
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${body.length}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
  const tls = readTls(config);
  // Over TLS it is another server class, but the same instance for everything that routes do.
  return tls === undefined
    ? Fastify(options)
    : (Fastify({ ...options, https: tls } as FastifyServerOptions) as FastifyInstance);
}
