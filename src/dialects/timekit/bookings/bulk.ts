import { randomUUID } from 'node:crypto';
import { DomainError } from '../../../lib/errors.ts';
import { act } from '../../../operations/bookings/act.ts';
import { createBooking, createBookings, type NewBooking, RefusedOne } from '../../../operations/bookings/create.ts';
import type { Booking } from '../../../resources/bookings/booking.ts';
import type { Call, Handler, Reply } from '../call.ts';
import { type Errors, Fields, Invalid, invalid, isObject } from '../validation.ts';
import { placeOf, readStep, scopeOf } from './one.ts';
import { readBooking } from './read.ts';
import { errorsOf } from './refusals.ts';
import { showBookings } from './show.ts';

/** Bookings in one request. */
export const mostAtOnce = 100;

type Item = Readonly<Record<string, unknown>>;

function itemsOf(values: readonly unknown[]): readonly Item[] {
  if (values.length === 0) throw invalid('bookings', 'The bookings field is required.');
  if (values.length > mostAtOnce) throw invalid('bookings', `The bookings may not have more than ${mostAtOnce} items.`);
  const wrong = values.findIndex((item) => !isObject(item));
  if (wrong >= 0) throw invalid(`bookings.${wrong}`, 'The item must be an object.');
  return values as readonly Item[];
}

/** Does something with each item; what is refused is said by its place, and keeps no other back unless `stop`. */
async function each(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Booking>,
  stop = false,
): Promise<{ done: Booking[]; errors: Errors }> {
  const done: Booking[] = [];
  let errors: Errors = {};
  for (const [index, item] of items.entries()) {
    try {
      done.push(await work(item, index));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors = { ...errors, ...errorsOf(error, `bookings.${index}`) };
      if (stop) break;
    }
  }
  return { done, errors };
}

async function answer(call: Call, status: number, done: readonly Booking[], errors: Errors): Promise<Reply> {
  const failed = Object.keys(errors).length > 0;
  if (failed && done.length === 0) throw new Invalid(errors);
  return { status, data: await showBookings(call, done), ...(failed ? { more: { errors } } : {}) };
}

/** Makes several bookings, each by itself, or all of them or none (`delete_all_on_error`). Reference: (c) Bulk create. */
export const postBulk: Handler = async (call) => {
  const fields = new Fields(call.body);
  const items = itemsOf(fields.list('bookings', { required: true }) ?? []);
  const [together, stop] = [fields.flag('delete_all_on_error'), fields.flag('stop_on_first_error')];
  const bulk = fields.flag('relate_bookings') === true ? randomUUID() : null;
  fields.done();
  if (together === true) return postTogether(call, items, bulk);
  const work = async (item: Item): Promise<Booking> =>
    createBooking(call.ctx, placeOf(call), { ...(await readBooking(call, item)), bulk });
  const { done, errors } = await each(items, work, stop);
  return answer(call, 201, done, errors);
};

async function postTogether(call: Call, items: readonly Item[], bulk: string | null): Promise<Reply> {
  const wanted: NewBooking[] = [];
  let errors: Errors = {};
  for (const [index, item] of items.entries()) {
    try {
      wanted.push({ ...(await readBooking(call, item)), bulk });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      errors = { ...errors, ...errorsOf(error, `bookings.${index}`) };
    }
  }
  if (Object.keys(errors).length > 0) throw new Invalid(errors);
  try {
    return await answer(call, 201, await createBookings(call.ctx, placeOf(call), wanted), {});
  } catch (error) {
    throw error instanceof RefusedOne ? new Invalid(errorsOf(error, `bookings.${error.index}`)) : error;
  }
}

/** Takes a step with each of several bookings: a list of `{id, action, …}`, or that list as `bookings`. */
export const putBulk: Handler = async (call) => {
  const items = itemsOf(call.list.length > 0 ? call.list : (new Fields(call.body).list('bookings') ?? []));
  const work = async (item: Item, index: number): Promise<Booking> => {
    const { id, action, ...rest } = item;
    const named = new Fields({ id, action });
    const [uuid, word] = [named.text('id', { required: true }), named.text('action', { required: true })];
    named.done();
    return act(call.ctx, scopeOf(call), uuid ?? String(index), readStep(word ?? '', rest));
  };
  const { done, errors } = await each(items, work);
  return answer(call, 200, done, errors);
};
