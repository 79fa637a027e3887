import { AsyncLocalStorage } from 'node:async_hooks';
import { routes } from '../../src/dialects/timekit/routes.ts';
import { Fields } from '../../src/dialects/timekit/validation.ts';

/** Names of what a call was seen to read. */
export interface Reads {
  /** Of the body, with dots: 'settings.max_seats', 'reminders.0.type'. */
  readonly body: Set<string>;
  readonly query: Set<string>;
}

const current = new AsyncLocalStorage<Reads>();

/** Makes every route of this process tell what its handler reads; by the name of the call. */
export function watchReads(): ReadonlyMap<string, Reads> {
  watchFields();
  const reads = new Map<string, Reads>();
  for (const route of routes) {
    const { handler, about } = route;
    const read: Reads = { body: new Set(), query: new Set() };
    reads.set(about.name, read);
    const telling: typeof handler = (call) => {
      const body = watched(call.body, '', read.body);
      const list = watched(call.list, '', read.body);
      return current.run(read, () => handler({ ...call, body, list, query: watchedQuery(call.query, read.query) }));
    };
    Object.assign(route, { handler: telling });
  }
  return reads;
}

/** Every field that is read with `Fields` goes through `raw`. */
function watchFields(): void {
  const { raw, within, items } = Fields.prototype;
  const places = new WeakMap<Fields, string>();
  Fields.prototype.raw = function (name, rules) {
    current.getStore()?.body.add(`${places.get(this) ?? ''}${name}`);
    return raw.call(this, name, rules);
  };
  Fields.prototype.within = function (name, rules) {
    const inner = within.call(this, name, rules);
    if (inner !== undefined) places.set(inner, `${places.get(this) ?? ''}${name}.`);
    return inner;
  };
  Fields.prototype.items = function (name) {
    const all = items.call(this, name);
    for (const inner of all) places.set(inner, `${places.get(this) ?? ''}${name}.0.`);
    return all;
  };
}

/** A value that notes which of its own keys are read by name. What is copied, key after key, counts as read by nobody. */
function watched<T>(value: T, place: string, names: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  let copied = new Set<string | symbol>();
  return new Proxy(value, {
    ownKeys: (target) => {
      copied = new Set(Reflect.ownKeys(target));
      return Reflect.ownKeys(target);
    },
    get: (target, key) => {
      const given = Reflect.get(target, key) as unknown;
      const isOfList = Array.isArray(target) && key === 'length';
      if (typeof key !== 'string' || typeof given === 'function' || isOfList || key === 'toJSON') return given;
      if (!copied.delete(key)) names.add(`${place}${key}`);
      return watched(given, `${place}${key}.`, names);
    },
  });
}

function watchedQuery(query: URLSearchParams, names: Set<string>): URLSearchParams {
  return new Proxy(query, {
    get: (target, key) => {
      const given = Reflect.get(target, key) as unknown;
      if (typeof given !== 'function') return given;
      return (...args: unknown[]) => {
        if (key === 'get' || key === 'getAll') names.add(String(args[0]));
        return given.apply(target, args) as unknown;
      };
    },
  });
}
