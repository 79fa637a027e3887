/** A CPU profile as V8 writes it. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before it. */
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Shares of the time in which the process did anything, by function and by place. */
export interface Summary {
  readonly busyMilliseconds: number;
  readonly self: readonly Share[];
  /** With all that a function calls, once for each sample. */
  readonly withCallees: readonly Share[];
  /** What packages and Node do, charged to the nearest function of the product that called them. */
  readonly charged: readonly Share[];
  readonly places: readonly Share[];
}

export interface Share {
  readonly what: string;
  readonly percent: number;
}

const idle = new Set(['(idle)', '(program)', '(root)']);

/** Sums a profile up: the functions that took most, without the first milliseconds of the process. */
export function summarise(profile: CpuProfile, skippedMilliseconds: number, most = 30): Summary {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const self = new Map<string, number>();
  const withCallees = new Map<string, number>();
  const charged = new Map<string, number>();
  const places = new Map<string, number>();
  let busy = 0;
  let at = 0;
  profile.samples.forEach((id, index) => {
    const node = nodes.get(id);
    const time = profile.timeDeltas[index + 1] ?? 0;
    at += time;
    if (at < skippedMilliseconds * 1000 || node === undefined || idle.has(node.callFrame.functionName)) return;
    busy += time;
    add(self, nameOf(node), time);
    add(places, placeOf(node), time);
    const seen = new Set<string>();
    let owner: string | undefined;
    for (let up: number | undefined = id; up !== undefined; up = parents.get(up)) {
      const above = nodes.get(up);
      if (above !== undefined && !idle.has(above.callFrame.functionName)) seen.add(nameOf(above));
      if (above !== undefined && /\/src\//.test(above.callFrame.url)) owner ??= nameOf(above);
    }
    add(charged, owner ?? `none: ${placeOf(node)}`, time);
    for (const name of seen) add(withCallees, name, time);
  });
  return {
    busyMilliseconds: Math.round(busy / 1000),
    self: topOf(self, busy, most),
    withCallees: topOf(withCallees, busy, most),
    charged: topOf(charged, busy, most + 20),
    places: topOf(places, busy, most),
  };
}

function add(sums: Map<string, number>, key: string, time: number): void {
  sums.set(key, (sums.get(key) ?? 0) + time);
}

function topOf(sums: ReadonlyMap<string, number>, all: number, most: number): Share[] {
  const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, most);
  return sorted.map(([what, time]) => ({ what, percent: Math.round((time / all) * 1000) / 10 }));
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: ProfileNode): string {
  const file = shortUrl(url);
  return `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`;
}

/** The layer of the product, the package, or Node itself. */
function placeOf({ callFrame: { functionName, url } }: ProfileNode): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native functions';
  const [, layer] = /\/src\/(\w+\/?\w*)/.exec(url) ?? [];
  const [, pack] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return pack ?? (layer === undefined ? 'node' : `src/${layer}`);
}

function shortUrl(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules|src|bench)\//, '$1/');
}
