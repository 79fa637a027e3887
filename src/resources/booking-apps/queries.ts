import { epochOfPg } from '../../lib/time.ts';
import type { Cells, Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';

/** An application that takes bookings. */
export interface BookingApp {
  readonly id: number;
  readonly companyId: number;
  /** Names it among the applications of all companies. */
  readonly slug: string;
  readonly name: string;
  /** The user as whom its app token and its widget key act. */
  readonly ownerId: number;
  /** Free keys and values. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** It works on the same data, but mails nobody. */
  readonly testMode: boolean;
  /** Public by its nature: web pages carry it. */
  readonly widgetKey: string;
  readonly active: boolean;
  /** Epoch seconds. */
  readonly created: number;
  readonly lastModified: number;
}

const columns = sql`a.id, a.company_id, a.slug, a.name, a.owner_id, a.settings, a.test_mode, a.widget_key, a.active,
  a.created, a.last_modified`;

function appOf(row: Cells): BookingApp {
  const [id, companyId, slug, name, ownerId, settings, testMode, widgetKey, active, created, lastModified] = row;
  return {
    id: Number(id),
    companyId: Number(companyId),
    slug: slug ?? '',
    name: name ?? '',
    ownerId: Number(ownerId),
    settings: JSON.parse(settings ?? '{}') as Record<string, unknown>,
    testMode: testMode === 't',
    widgetKey: widgetKey ?? '',
    active: active === 't',
    created: epochOfPg(created ?? ''),
    lastModified: epochOfPg(lastModified ?? ''),
  };
}

async function appsWhere(db: Db, condition: Sql): Promise<BookingApp[]> {
  const rows = await db.rows(sql`SELECT ${columns} FROM booking_apps a WHERE ${condition} ORDER BY a.id`);
  return rows.map(appOf);
}

/** The application of an id, switched off or not. */
export async function bookingAppById(db: Db, companyId: number, id: number): Promise<BookingApp | undefined> {
  return (await appsWhere(db, sql`a.company_id = ${companyId} AND a.id = ${id}`))[0];
}

/** The active application of a slug, in whichever company. */
export async function bookingAppOfSlug(db: Db, slug: string): Promise<BookingApp | undefined> {
  if (slug.includes('\0')) return undefined;
  return (await appsWhere(db, sql`lower(a.slug) = lower(${slug}) AND a.active`))[0];
}

/** The active applications of a company. */
export function bookingAppsOf(db: Db, companyId: number): Promise<BookingApp[]> {
  return appsWhere(db, sql`a.company_id = ${companyId} AND a.active`);
}

/** All of them, newest first, also those that were switched off. */
export async function everyBookingApp(db: Db, companyId: number): Promise<BookingApp[]> {
  return (await appsWhere(db, sql`a.company_id = ${companyId}`)).reverse();
}

/** Keeps a new application; its id, or undefined when the slug is taken. */
export async function insertBookingApp(
  db: Db,
  app: Pick<BookingApp, 'companyId' | 'slug' | 'name' | 'ownerId' | 'settings' | 'testMode' | 'widgetKey'>,
): Promise<number | undefined> {
  const [row] = await db.rows(sql`
    INSERT INTO booking_apps (company_id, slug, name, owner_id, settings, test_mode, widget_key)
    VALUES (${app.companyId}, ${app.slug}, ${app.name}, ${app.ownerId}, ${JSON.stringify(app.settings)}, ${app.testMode},
            ${app.widgetKey})
    ON CONFLICT DO NOTHING RETURNING id`);
  return row === undefined ? undefined : Number(row[0]);
}

/** Changes an application; what is not given stays. */
export async function updateBookingApp(
  db: Db,
  companyId: number,
  id: number,
  change: Partial<Pick<BookingApp, 'name' | 'settings' | 'active' | 'widgetKey' | 'ownerId'>>,
): Promise<void> {
  const settings = change.settings === undefined ? null : JSON.stringify(change.settings);
  await db.rows(sql`
    UPDATE booking_apps SET name = coalesce(${change.name ?? null}, name), settings = coalesce(${settings}::json, settings),
      active = coalesce(${change.active ?? null}, active), widget_key = coalesce(${change.widgetKey ?? null}, widget_key),
      owner_id = coalesce(${change.ownerId ?? null}, owner_id)
    WHERE company_id = ${companyId} AND id = ${id}`);
}

/** The email of a user, by which Timekit's clients name him beside his key; empty when he has none. */
export async function emailOf(db: Db, companyId: number, userId: number): Promise<string> {
  const [row] = await db.rows(sql`SELECT email FROM users WHERE company_id = ${companyId} AND id = ${userId}`);
  return row?.[0] ?? '';
}
