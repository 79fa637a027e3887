/** Who has a part of an event: a user, or nobody (null) when the event is unassigned. Each user has one part at most. */
export type Holder = number | null;

function isUser(holder: Holder): holder is number {
  return holder !== null;
}

/** How the parts of an event change when other users are assigned to it. */
export interface Reassignment {
  /** Who has the named part from now on. */
  readonly named: Holder;
  /** Everybody who is assigned, those who were before in their old order. */
  readonly assigned: readonly number[];
  /** Users whose part leaves the event. */
  readonly leave: readonly number[];
  /** Users who get a new part. */
  readonly join: readonly number[];
}

/**
 * Plans how the users of an event become `wanted`. Whoever stays keeps his part. The part that the client named lives on,
 * since it is the one that he will ask for again: when its user is taken off, it goes to a user who is new, or else to the
 * first one wanted, whose own part leaves.
 */
export function reassign(current: readonly Holder[], named: Holder, wanted: readonly number[]): Reassignment {
  const stays = named !== null && wanted.includes(named);
  const next = stays ? named : (wanted.find((user) => !current.includes(user)) ?? wanted[0] ?? null);
  const others = current.filter(isUser).filter((user) => user !== named);
  const leave = others.filter((user) => user === next || !wanted.includes(user));
  const join = wanted.filter((user) => user !== next && !others.includes(user));
  const kept = current.filter((user) => user === named || (user !== null && !leave.includes(user)));
  const assigned = kept.map((user) => (user === named ? next : user)).filter(isUser);
  return { named: next, assigned: [...assigned, ...join], leave, join };
}
