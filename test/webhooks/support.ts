import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { Api } from '../support/api.ts';
import { type Row, rowsIn } from '../support/rows.ts';

/** A message as a receiver got it. */
export interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly event: Row & { object?: Row };
}

/** A real receiver of webhooks; `answer` gives the status, or answers later by itself. */
export async function receiver(
  t: TestContext,
  answer: (message: Message, response: ServerResponse) => number | undefined = () => 204,
): Promise<{ url: string; messages: Message[] }> {
  const messages: Message[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    const message = { headers: request.headers, text, event: JSON.parse(text) as Message['event'] };
    messages.push(message);
    const status = answer(message, response);
    if (status !== undefined)
      response.writeHead(status, { location: '/elsewhere' }).end(status === 204 ? '' : 'no thanks');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, messages };
}

/** Whether a message is signed with a secret, checked as a receiver checks it. */
export function isSigned({ headers, text }: Pick<Message, 'headers' | 'text'>, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}

/** Makes a webhook over the API. */
export async function subscribe(admin: Api, item: Row): Promise<Row> {
  const [made] = rowsIn(await admin.post('/webhooks', [item]), 'webhooks');
  assert.equal(made?._status_code, 200, JSON.stringify(made));
  return made as Row;
}

/** Deliveries of a webhook, in the order in which they were planned. */
export async function deliveries(admin: Api, webhook: Row): Promise<Row[]> {
  const answer = await admin.get('/webhook_deliveries', { webhook_ids: Number(webhook.id) });
  return rowsIn(answer, 'webhook_deliveries');
}
