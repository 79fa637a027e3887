import { resourceOf } from '../../../engine/context.ts';
import type { Values } from '../../../engine/definition.ts';
import { valuesById } from '../../../engine/values.ts';
import { type Person, peopleNow } from '../../../reports/current-totals/people.ts';
import { type Seconds, secondsOf, weekSecondsOf } from '../../../reports/current-totals/time.ts';
import { effectiveSettings, type SettingsReader } from '../../../resources/effective-settings/queries.ts';
import type { Call, Tree } from '../action.ts';

/** What properties are read from; each part is loaded when the first of them asks for it. */
export interface Facts {
  readonly call: Call;
  /** Whom the properties about time are of. */
  readonly userId: number;
  /** The one who asks. */
  own(): Promise<Values>;
  settings(): Promise<SettingsReader | undefined>;
  /** The subject as a user, and what he is working on now; undefined when he is archived. */
  user(): Promise<Values>;
  person(): Promise<Person | undefined>;
  /** Time of the subject's shift and day, and of his week. */
  seconds(): Promise<Seconds>;
  weekSeconds(): Promise<number>;
}

/** Reads one property of `get`: it may answer several fields. Throws DomainError. */
export type Property = (facts: Facts) => Promise<Readonly<Record<string, Tree>>>;

/** Facts of one request. */
export function factsOf(call: Call, userId: number): Facts {
  const { ctx } = call;
  const users = resourceOf(ctx, 'users');
  const person = once(async () => {
    const [found] = await peopleNow(ctx, { userIds: [userId], groupIds: [], onTheClock: 'both' });
    return found;
  });
  return {
    call,
    userId,
    own: once(() => valuesById(ctx, users, ctx.actor.userId)),
    settings: once(async () => (await effectiveSettings(ctx, [ctx.actor.userId])).get(ctx.actor.userId)),
    user: once(() => valuesById(ctx, users, userId)),
    person,
    seconds: once(async () => {
      const found = await person();
      return (found && (await secondsOf(ctx, [found])).get(userId)) ?? { shift: 0, day: 0 };
    }),
    weekSeconds: once(async () => {
      const found = await person();
      return (found && (await weekSecondsOf(ctx, [found])).get(userId)) ?? 0;
    }),
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}
