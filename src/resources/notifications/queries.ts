import type { Ctx } from '../../engine/context.ts';
import type { Touched, Written } from '../../engine/definition.ts';
import { originOf } from '../../engine/writing.ts';
import type { Db } from '../../store/db.ts';
import type { MessageMethod } from '../../store/messages.ts';
import { enqueue, unqueue } from '../../store/queue.ts';
import { sql } from '../../store/sql.ts';
import { originStatement } from '../../store/write.ts';

/** The job that delivers one notification; its key is the notification's id. */
export const notificationJob = 'notification';

/** Lets new notifications be delivered at their moments. */
export async function scheduleDelivery({ db, actor }: Ctx, written: readonly Written[]): Promise<Touched> {
  await enqueue(
    db,
    actor.companyId,
    written.map(({ id, candidate }) => ({
      name: notificationJob,
      key: String(id),
      payload: { id },
      due: Number(candidate.values.delivery_time),
    })),
  );
  return new Map();
}

/** Deletes notifications, so that they are not delivered. */
export async function removeNotifications(ctx: Ctx, ids: readonly number[]): Promise<ReadonlySet<number>> {
  // The job first, as the delivery locks them: neither waits for the other in a circle.
  await unqueue(ctx.db, ctx.actor.companyId, notificationJob, ids.map(String));
  const rows = await deleted(ctx, ids);
  return new Set(rows.map(([id]) => Number(id)));
}

/** A notification that is due. */
export interface DueNotification {
  readonly userId: number;
  readonly message: string;
  readonly method: MessageMethod;
  readonly precheck: string;
}

/** Takes a notification out of the table; undefined when it was deleted meanwhile. */
export async function takeNotification(ctx: Ctx, id: number): Promise<DueNotification | undefined> {
  const [row] = await deleted(ctx, [id]);
  if (row === undefined) return undefined;
  const [, userId, message, method, precheck] = row;
  return {
    userId: Number(userId),
    message: String(message),
    method: method as MessageMethod,
    precheck: String(precheck),
  };
}

async function deleted(ctx: Ctx, ids: readonly number[]): ReturnType<Db['rows']> {
  const [, rows = []] = await ctx.db.pipeline([
    originStatement(originOf(ctx)),
    sql`DELETE FROM notifications WHERE company_id = ${ctx.actor.companyId} AND id = ANY(${ids}::int[])
        RETURNING id, user_id, message, method, precheck`,
  ]);
  return rows;
}
