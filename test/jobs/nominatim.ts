import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked: the query parameters, and who asked. */
export interface Question {
  readonly asked: Readonly<Record<string, string>>;
  readonly path: string;
  readonly userAgent: string | undefined;
  /** Milliseconds of a clock that never runs backwards. */
  readonly at: number;
}

/** What the server says: places, a status, a text as it is, or 'hang up'. */
export type Answer = readonly object[] | number | string;
/** An answer, at once or later. */
export type Reply = Answer | Promise<Answer>;

/** A real HTTP server that answers as Nominatim does. */
export interface Nominatim {
  readonly url: string;
  readonly questions: Question[];
  /** Answers to what is asked next, one each; afterwards every address is found. */
  readonly replies: Reply[];
  close(): void;
}

/** A place as Nominatim describes it. */
export function placeCalled(name: string, more: object = {}): object {
  return {
    place_id: 1,
    osm_type: 'way',
    osm_id: 4711,
    lat: '43.6700273',
    lon: '-116.3520972',
    display_name: name,
    ...more,
  };
}

export async function openNominatim(): Promise<Nominatim> {
  const questions: Question[] = [];
  const replies: Reply[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const asked = Object.fromEntries(searchParams);
    questions.push({ asked, path: pathname, userAgent: request.headers['user-agent'], at: performance.now() });
    const reply = await (replies.shift() ?? [placeCalled(`Found: ${asked.street ?? asked.city ?? asked.state}`)]);
    if (reply === 'hang up') return void response.destroy();
    if (typeof reply === 'number') return void response.writeHead(reply, { location: '/elsewhere' }).end('[]');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    questions,
    replies,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
