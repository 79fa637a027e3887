import { connect, type Socket } from 'node:net';

/** An answer as it came: the body in its pieces, so that nobody pays for joining what nobody reads. */
export interface RawAnswer {
  readonly status: number;
  readonly pieces: readonly Buffer[];
}

const endOfHead = Buffer.from('\r\n\r\n');

/** One keep-alive connection that sends a request at a time. */
export class Connection {
  readonly #socket: Socket;
  #head: Buffer | undefined;
  #pieces: Buffer[] = [];
  #status = 0;
  #missing = 0;
  #done: ((answer: RawAnswer) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('The server closed the connection.')));
  }

  /** Sends the bytes of a request and waits for the whole answer. */
  send(request: string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#missing === 0) {
      this.#takeHead(chunk);
      return;
    }
    this.#pieces.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing <= 0) this.#finish();
  }

  #takeHead(chunk: Buffer): void {
    const bytes = this.#head === undefined ? chunk : Buffer.concat([this.#head, chunk]);
    const end = bytes.indexOf(endOfHead);
    if (end < 0) {
      this.#head = bytes;
      return;
    }
    this.#head = undefined;
    const head = bytes.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.#failed?.(new Error('The answer has no Content-Length.'));
      return;
    }
    this.#status = Number(head.slice(9, 12));
    const rest = bytes.subarray(end + endOfHead.length);
    this.#pieces = [rest];
    this.#missing = Number(length) - rest.length;
    if (this.#missing <= 0) this.#finish();
  }

  #finish(): void {
    const done = this.#done;
    this.#missing = 0;
    done?.({ status: this.#status, pieces: this.#pieces });
  }
}

/** Opens a connection to a port of this machine. */
export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(new Connection(socket));
    });
  });
}

/** The bytes of a request. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const about =
    method === 'GET' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}${about}\r\n${body}`;
}

/** The body as text. */
export function bodyOf({ pieces }: RawAnswer): string {
  return Buffer.concat(pieces).toString();
}
