/** How a booking goes from its first state to its last. Reference: (c) Bookings. */
export const graphs = [
  'instant',
  'confirm_decline',
  'instant_payment',
  'group_owner',
  'group_customer',
  'group_customer_payment',
] as const;
export type Graph = (typeof graphs)[number];

export const states = [
  'tentative',
  'confirmed',
  'paid',
  'declined',
  'unpaid',
  'cancelled',
  'cancelled_by_customer',
  'cancelled_by_owner',
  'rescheduled_by_customer',
  'completed',
  'error',
] as const;
export type State = (typeof states)[number];

export const actions = [
  'confirm',
  'decline',
  'pay',
  'timeout',
  'cancel',
  'cancel_by_customer',
  'cancel_by_owner',
  'reschedule_by_customer',
  'complete',
] as const;
export type Action = (typeof actions)[number];

type Steps = Readonly<Partial<Record<Action, State>>>;
type Rules = Readonly<Partial<Record<State, Steps>>>;

const agreed: Steps = {
  cancel: 'cancelled',
  cancel_by_customer: 'cancelled_by_customer',
  complete: 'completed',
  reschedule_by_customer: 'rescheduled_by_customer',
};
const seated: Steps = {
  cancel_by_customer: 'cancelled_by_customer',
  cancel_by_owner: 'cancelled_by_owner',
  complete: 'completed',
};
const payment: Steps = { pay: 'paid', timeout: 'unpaid' };

/** What leads where; the state that stands first is the one in which a booking begins. */
const rules: Readonly<Record<Graph, Rules>> = {
  instant: { confirmed: agreed },
  confirm_decline: { tentative: { confirm: 'confirmed', decline: 'declined' }, confirmed: agreed },
  instant_payment: { tentative: payment, paid: { cancel: 'cancelled', complete: 'completed' } },
  group_owner: { tentative: { cancel: 'cancelled', complete: 'completed' } },
  group_customer: { confirmed: seated },
  group_customer_payment: {
    tentative: {
      ...payment,
      cancel_by_customer: 'cancelled_by_customer',
      cancel_by_owner: 'cancelled_by_owner',
    },
    paid: seated,
  },
};

/**
 * The state after the first step, which is `create` or `confirm`; what begins confirmed takes both words. Undefined where a
 * booking of this graph can not be confirmed at once.
 */
export function firstState(graph: Graph, step: 'create' | 'confirm' = 'create'): State | undefined {
  const [first, steps] = Object.entries(rules[graph])[0] as [State, Steps];
  return step === 'create' || first === 'confirmed' ? first : steps.confirm;
}

/** Where an action leads; undefined where it is not open in this state. */
export function nextState(graph: Graph, state: State, action: Action): State | undefined {
  return rules[graph][state]?.[action];
}

/** The actions that are open to a client; a payment times out by itself. */
export function openActions(graph: Graph, state: State): Action[] {
  return actions.filter((action) => action !== 'timeout' && nextState(graph, state, action) !== undefined);
}

/** Whether nothing follows: the booking is over, whatever became of it. */
export function isFinal(state: State): boolean {
  return state !== 'tentative' && state !== 'confirmed' && state !== 'paid';
}

/** Whether it is a seat in a group, which the booking of the group holds the time for. */
export function isSeat(graph: Graph): boolean {
  return graph === 'group_customer' || graph === 'group_customer_payment';
}

/** Whether the booking waits for a payment, which times out. */
export function awaitsPayment(graph: Graph, state: State): boolean {
  return nextState(graph, state, 'timeout') !== undefined;
}

/** Whether the person's time is taken. A booking that is still to be confirmed takes none. */
export function holdsTime(graph: Graph, state: State): boolean {
  return rules[graph][state] !== undefined && !isSeat(graph) && !(graph === 'confirm_decline' && state === 'tentative');
}

/** Whether it stands in the schedule as an event of its own: when it is agreed, and a group from its beginning. */
export function isPlanned(graph: Graph, state: State): boolean {
  return holdsTime(graph, state) && (graph === 'group_owner' || state !== 'tentative');
}
