/** An answer of the API: its status, headers, and body both as text and parsed. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Tests look into bodies freely; a wrong path shows as undefined in the assertion.
  body: Json;
}

/** A parsed body that can be walked without checks at every step. */
export interface Json {
  readonly [key: string]: Json;
}

/** Requests of one person over the TSheets dialect, by real HTTP. */
export interface Api {
  token: string;
  get(path: string, query?: Readonly<Record<string, string | number | boolean>>): Promise<Answer>;
  post(path: string, data: unknown): Promise<Answer>;
  put(path: string, data: unknown): Promise<Answer>;
  delete(path: string, ids: readonly (number | string)[]): Promise<Answer>;
  /** Any request; `body` is sent as it is. */
  send(method: string, path: string, body?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** An API client with a token; paths are below `base`. */
export function apiOf(base: string, token: string): Api {
  const send: Api['send'] = async (method, path, body, headers = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  const query = (values: Readonly<Record<string, string | number | boolean>>): string =>
    new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
  return {
    token,
    send,
    get: (path, values = {}) => send('GET', `${path}?${query(values)}`),
    post: (path, data) => send('POST', path, JSON.stringify({ data })),
    put: (path, data) => send('PUT', path, JSON.stringify({ data })),
    delete: (path, ids) => send('DELETE', `${path}?ids=${ids.join(',')}`),
  };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
