import { extend, reserve } from '../../../operations/bookings/reserve.ts';
import { pagesByIds } from '../../../resources/booking-pages/queries.ts';
import { findReservation, type Reservation } from '../../../resources/bookings/holds.ts';
import { isUuid } from '../../../resources/bookings/queries.ts';
import type { Call, Handler } from '../call.ts';
import { onlyOf } from '../call.ts';
import { Fields, NotFound } from '../validation.ts';
import { placeOf } from './one.ts';
import { isPublic, pageNamed, readSlot } from './read.ts';
import { told } from './refusals.ts';

const usualSeconds = 300;
export const mostSeconds = 86_400;

function show({ writeTime }: Call, { uuid, start, end, expiresAt }: Reservation): Record<string, unknown> {
  return { id: uuid, start: writeTime(start), end: writeTime(end), expires_at: writeTime(expiresAt) };
}

function readSeconds(fields: Fields): number | undefined {
  return fields.integer('reservation_time', { least: 1, most: mostSeconds });
}

export const postReserve: Handler = async (call) => {
  const fields = new Fields(call.body);
  const asked = readSeconds(fields);
  const page = await pageNamed(call, call.body.project_id);
  const slot = await readSlot(call, fields);
  const ignored = fields.within('settings')?.flag('ignore_all_day_events') ?? false;
  fields.done();
  const terms = {
    pageId: page?.id ?? null,
    // Whoever sees the key has no say in that; the page has, by itself.
    ignoreAllDay: ignored && !isPublic(call),
    seconds: asked ?? page?.reservationSeconds ?? usualSeconds,
  };
  const kept = await told(reserve(call.ctx, placeOf(call), { ...slot, ...terms }));
  return { status: 201, data: show(call, kept) };
};

export const putExtend: Handler = async (call) => {
  const { ctx, app, body } = call;
  const fields = new Fields({ ...body, reservation_id: body.reservation_id ?? body.id });
  const uuid = fields.text('reservation_id', { required: true }) ?? '';
  const asked = readSeconds(fields);
  fields.done();
  const known = isUuid(uuid) ? await findReservation(ctx, app.id, uuid) : undefined;
  const only = onlyOf(call);
  if (known === undefined || (only !== undefined && known.userId !== only)) throw new NotFound('Reservation');
  const page = (await pagesByIds(ctx.db, ctx.actor.companyId, [known.pageId ?? 0])).get(known.pageId ?? 0);
  const kept = await told(extend(ctx, app.id, uuid, asked ?? page?.reservationSeconds ?? usualSeconds));
  return { data: show(call, kept) };
};
