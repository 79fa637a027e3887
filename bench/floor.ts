import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerRead } from './floor-reads.ts';
import { openFloorPool, type Run } from './floor-run.ts';
import { answerWrite } from './floor-writes.ts';

/**
 * Floor A: what a bare server on the same driver does with the same SQL. It knows no permissions, checks nothing, keeps
 * nothing in memory, and makes its answers of the driver's own values by JSON.stringify. The company comes by a header.
 * Below /insert-only it does not look at neighbouring time before it writes either.
 *
 * Started as `node bench/floor.ts PORT CONNECTION`, the connection as JSON.
 */
const [port = '0', connection = '{}'] = process.argv.slice(2);
const run = openFloorPool(JSON.parse(connection));

async function answer(run: Run, request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const company = Number(request.headers['x-company']);
  if (pathname === '/statements') return [...run.texts];
  if (request.method === 'GET') return answerRead(run, company, searchParams);
  const { data } = JSON.parse(await bodyOf(request)) as { data: Record<string, unknown>[] };
  const looks = !pathname.startsWith('/insert-only');
  return answerWrite(run, company, request.method === 'PUT' ? 'update' : 'create', data, looks);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const server = createServer((request, response) => {
  answer(run, request).then(
    (value) => send(response, 200, value),
    (error: unknown) => send(response, 500, { error: String(error) }),
  );
});
server.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
