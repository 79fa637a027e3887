import type { Ctx } from '../../engine/context.ts';
import { sql } from '../../store/sql.ts';

/** What a kiosk knows a person by. */
export interface KioskAccess {
  /** Counted from 1 in each company. */
  readonly cardNumber: number;
  /** What the card's QR code says: 31 digits, as good as a key. */
  readonly cardCode: string;
  readonly pin: string | undefined;
}

/** What kiosks know these users by. Whom it is shown to is up to the caller: see mayLetIn. */
export async function kioskAccess(
  { db, actor }: Ctx,
  userIds: readonly number[],
): Promise<ReadonlyMap<number, KioskAccess>> {
  const rows = await db.rows(sql`
    SELECT user_id, card_number, card_code, pin FROM kiosk_access
    WHERE company_id = ${actor.companyId} AND user_id = ANY(${userIds}::int[])`);
  return new Map(
    rows.map(([id, number, code, pin]) => [
      Number(id),
      { cardNumber: Number(number), cardCode: String(code), pin: pin ?? undefined },
    ]),
  );
}
