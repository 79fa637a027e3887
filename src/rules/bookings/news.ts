import type { Action, State } from './graphs.ts';

/** What happens to a booking, as its log names it. */
export type Happening = Action | 'create' | 'reschedule' | 'delete';

/** What a customer is told of his booking. */
export type News = 'confirmed' | 'changed' | 'cancelled' | 'declined';

/** Whether a booking is agreed, and not over yet. */
export function isAgreed(state: State | ''): boolean {
  return state === 'confirmed' || state === 'paid';
}

/** Whether an application, by its settings, has no mails sent. */
export function isMute({ disableEmail }: Readonly<Record<string, unknown>>): boolean {
  return disableEmail === true || disableEmail === 1 || disableEmail === '1' || disableEmail === 'true';
}

/**
 * What its customer is told when a booking came to a state; undefined: nothing. He is not told what he did himself, nor that
 * he did not pay, nor that what took place is over.
 */
export function newsOf(happening: Happening, to: State): News | undefined {
  switch (happening) {
    case 'create':
    case 'confirm':
    case 'pay':
      return isAgreed(to) ? 'confirmed' : undefined;
    case 'reschedule':
      return isAgreed(to) ? 'changed' : undefined;
    case 'cancel':
    case 'cancel_by_owner':
      return 'cancelled';
    case 'decline':
      return 'declined';
    default:
      return undefined;
  }
}
