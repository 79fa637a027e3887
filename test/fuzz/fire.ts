import { type Agent, type OutgoingHttpHeaders, request } from 'node:http';
import type { Shot } from './shots.ts';

export interface Hit {
  status: number;
  type: string;
  text: string;
}

/**
 * Sends a request as it is, below `base`: unlike fetch, nothing of the path is tidied up. `authorization` holds unless the
 * shot says otherwise.
 */
export function fire(base: URL, agent: Agent, authorization: string, shot: Shot): Promise<Hit> {
  const { method, path, headers, body } = shot;
  const all: OutgoingHttpHeaders = { ...(authorization === '' ? {} : { authorization }), ...headers };
  if (body !== undefined) all['content-length'] = Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: base.hostname,
        port: base.port,
        method,
        path: `${base.pathname}${path}`,
        headers: all,
        agent,
        timeout: 20_000,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer within 20 seconds')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Runs a task for each value, some at the same moment. */
export async function inParallel<T>(
  values: readonly T[],
  width: number,
  task: (value: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < values.length; index = next++) await task(values[index] as T);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
