/** What the server sends a person back with, after he was asked for permission. */
export type Arrival = { readonly state: string } & (
  | { readonly code: string; readonly refusal?: never }
  /** Why there is no code. */
  | { readonly refusal: string; readonly code?: never }
);

/** Reads an address that somebody was sent back to; undefined where it carries nothing of the kind. */
export function readArrival(search: string): Arrival | undefined {
  const given = new URLSearchParams(search);
  const [code, error] = [given.get('code'), given.get('error')];
  const state = given.get('state') ?? '';
  if (code !== null) return { state, code };
  if (error !== null) return { state, refusal: given.get('error_description') ?? error };
  return undefined;
}

/** Where people come back to. */
export const arrivalPath = '/api-access/obtain-a-token';

/** What the page was opened with. It is taken out of the address, where a code has no business, before the router reads it. */
export const arrival = takeArrival();

function takeArrival(): Arrival | undefined {
  if (window.location.pathname !== arrivalPath) return undefined;
  const arrived = readArrival(window.location.search);
  if (arrived !== undefined) window.history.replaceState(null, '', arrivalPath);
  return arrived;
}

const name = 'openpunch-obtain-a-token';

/** Gives what arrived to the page that waits for it in another tab; true where there is one. */
export function handOver(arrived: Arrival): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = new BroadcastChannel(name);
    const end = (taken: boolean) => {
      channel.close();
      resolve(taken);
    };
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === `taken ${arrived.state}`) end(true);
    };
    channel.postMessage(arrived);
    setTimeout(() => end(false), 1_000);
  });
}

/** Waits for what arrives in another tab for this state. Gives a function that ends the waiting. */
export function awaitArrival(state: string, take: (arrived: Arrival) => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Arrival>) => {
    if (data.state !== state) return;
    channel.postMessage(`taken ${state}`);
    take(data);
  };
  return () => channel.close();
}
