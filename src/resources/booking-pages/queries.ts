import { epochOfPg } from '../../lib/time.ts';
import type { Cells, Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';

type Json = Readonly<Record<string, unknown>>;

/** What is said of a page on which customers book: Timekit's project. The JSON values are as the client gave them. */
export interface PageContent {
  readonly name: string;
  readonly slug: string;
  /** Who can be booked, in the order that a prioritized choice takes. */
  readonly userIds: readonly number[];
  /** What a search for free times is asked with. */
  readonly availability: Json;
  /** What a booking is made with. */
  readonly booking: Json;
  readonly availabilityConstraints: readonly unknown[];
  readonly customerFields: Json;
  readonly ui: Json;
  readonly reminders: readonly unknown[];
  readonly meta: Json;
  readonly allowDoubleBookings: boolean;
  /** How long a reservation holds. */
  readonly reservationSeconds: number;
}

/** A page of one application. */
export interface BookingPage extends PageContent {
  readonly id: number;
  readonly uuid: string;
  readonly companyId: number;
  readonly appId: number;
  /** False when it was deleted; bookings still refer to it. */
  readonly active: boolean;
  /** Epoch seconds. */
  readonly created: number;
  readonly lastModified: number;
}

const columns = sql`p.id, p.uuid, p.company_id, p.app_id, p.slug, p.name, to_json(p.user_ids), p.availability, p.booking,
  p.availability_constraints, p.customer_fields, p.ui, p.reminders, p.meta, p.allow_double_bookings, p.reservation_seconds,
  p.active, p.created, p.last_modified`;

function pageOf(row: Cells): BookingPage {
  const json = <T>(at: number): T => JSON.parse(row[at] ?? 'null') as T;
  return {
    id: Number(row[0]),
    uuid: row[1] ?? '',
    companyId: Number(row[2]),
    appId: Number(row[3]),
    slug: row[4] ?? '',
    name: row[5] ?? '',
    userIds: json(6),
    availability: json(7),
    booking: json(8),
    availabilityConstraints: json(9),
    customerFields: json(10),
    ui: json(11),
    reminders: json(12),
    meta: json(13),
    allowDoubleBookings: row[14] === 't',
    reservationSeconds: Number(row[15]),
    active: row[16] === 't',
    created: epochOfPg(row[17] ?? ''),
    lastModified: epochOfPg(row[18] ?? ''),
  };
}

async function pagesWhere(db: Db, condition: Sql): Promise<BookingPage[]> {
  const rows = await db.rows(sql`SELECT ${columns} FROM booking_pages p WHERE ${condition}`);
  return rows.map(pageOf);
}

const looksLikeUuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The active page of a UUID, of one application. */
export async function pageByUuid(
  db: Db,
  { companyId, id }: { readonly companyId: number; readonly id: number },
  uuid: string,
): Promise<BookingPage | undefined> {
  if (!looksLikeUuid.test(uuid)) return undefined;
  const own = sql`p.company_id = ${companyId} AND p.app_id = ${id} AND p.active`;
  return (await pagesWhere(db, sql`${own} AND p.uuid = ${uuid}::uuid`))[0];
}

/** The active page of a slug, in whichever company. */
export async function pageBySlug(db: Db, slug: string): Promise<BookingPage | undefined> {
  if (slug.includes('\0')) return undefined;
  return (await pagesWhere(db, sql`lower(p.slug) = lower(${slug}) AND p.active`))[0];
}

/** Pages by id, deleted ones too: what bookings refer to. */
export async function pagesByIds(db: Db, companyId: number, ids: readonly number[]): Promise<Map<number, BookingPage>> {
  const own = sql`p.company_id = ${companyId} AND p.id = ANY(${ids}::int[])`;
  const pages = ids.length === 0 ? [] : await pagesWhere(db, own);
  return new Map(pages.map((page) => [page.id, page]));
}

/** The active pages of an application, oldest first, and how many there are. */
export async function pagesOf(
  db: Db,
  { companyId, id }: { readonly companyId: number; readonly id: number },
  { limit, offset }: { limit: number; offset: number },
): Promise<{ pages: BookingPage[]; total: number }> {
  const own = sql`p.company_id = ${companyId} AND p.app_id = ${id} AND p.active`;
  const [[count] = [], rows = []] = await db.pipeline([
    sql`SELECT count(*) FROM booking_pages p WHERE ${own}`,
    sql`SELECT ${columns} FROM booking_pages p WHERE ${own} ORDER BY p.id LIMIT ${limit} OFFSET ${offset}`,
  ]);
  return { pages: rows.map(pageOf), total: Number(count?.[0]) };
}

/** The page as it is now; it stays so until the transaction ends. Undefined when it was deleted. */
export async function lockedPage(db: Db, { companyId, id }: BookingPage): Promise<BookingPage | undefined> {
  const own = sql`p.company_id = ${companyId} AND p.id = ${id} AND p.active`;
  return (await pagesWhere(db, sql`${own} FOR UPDATE`))[0];
}

/** Keeps a new page; its UUID, or undefined when the slug is taken. */
export async function insertPage(
  db: Db,
  { companyId, id }: { readonly companyId: number; readonly id: number },
  page: PageContent,
): Promise<string | undefined> {
  const [row] = await db.rows(sql`
    INSERT INTO booking_pages (company_id, app_id, slug, name, user_ids, availability, booking, availability_constraints,
      customer_fields, ui, reminders, meta, allow_double_bookings, reservation_seconds)
    VALUES (${companyId}, ${id}, ${page.slug}, ${page.name}, ${page.userIds}::int[], ${text(page.availability)}::json,
      ${text(page.booking)}::json, ${text(page.availabilityConstraints)}::json, ${text(page.customerFields)}::json,
      ${text(page.ui)}::json, ${text(page.reminders)}::json, ${text(page.meta)}::json, ${page.allowDoubleBookings},
      ${page.reservationSeconds})
    ON CONFLICT DO NOTHING RETURNING uuid`);
  return row?.[0] ?? undefined;
}

/** Replaces what is said of a page. Throws DomainError when the slug is taken. */
export async function updatePage(db: Db, { companyId, id }: BookingPage, page: PageContent): Promise<void> {
  await db.rows(sql`
    UPDATE booking_pages SET slug = ${page.slug}, name = ${page.name}, user_ids = ${page.userIds}::int[],
      availability = ${text(page.availability)}::json, booking = ${text(page.booking)}::json,
      availability_constraints = ${text(page.availabilityConstraints)}::json,
      customer_fields = ${text(page.customerFields)}::json, ui = ${text(page.ui)}::json,
      reminders = ${text(page.reminders)}::json, meta = ${text(page.meta)}::json,
      allow_double_bookings = ${page.allowDoubleBookings}, reservation_seconds = ${page.reservationSeconds}
    WHERE company_id = ${companyId} AND id = ${id}`);
}

/** Switches a page off. */
export async function removePage(db: Db, { companyId, id }: BookingPage): Promise<void> {
  await db.rows(sql`UPDATE booking_pages SET active = false WHERE company_id = ${companyId} AND id = ${id}`);
}

function text(value: unknown): string {
  return JSON.stringify(value);
}
