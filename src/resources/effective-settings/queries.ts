import type { Ctx } from '../../engine/context.ts';
import { afterWrites } from '../../engine/list.ts';
import { DomainError } from '../../lib/errors.ts';
import type { CompanyCache } from '../../store/cache.ts';
import type { Cells, Db } from '../../store/db.ts';
import { type Sql, sql } from '../../store/sql.ts';
import { acceptedValue } from './accepted-value.ts';
import { defaultOf, type SettingValue } from './defaults.ts';
import { type Layer, readerOf, type SettingsReader } from './reader.ts';

export type { SettingsReader } from './reader.ts';

/** Where a setting holds: the whole company, a group's users, or one user. The narrower wins. */
export type SettingScope = 'company' | 'group' | 'user';

/**
 * The settings that apply to each of these users, cascaded company → group → user, from the company's cache. At most one
 * statement, however many users. Users who do not exist are left out.
 */
export function effectiveSettings(
  ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>,
  userIds: Iterable<number>,
): Promise<Map<number, SettingsReader>> {
  const { companyId } = ctx.actor;
  return ctx.cache.rememberMany(companyId, 'effective-settings', new Set(userIds), async (missing) =>
    readersOf(await ctx.db.rows(settingsOf(companyId, missing))),
  );
}

/** The same for the one who acts; undefined where nobody does. */
export async function ownSettings(ctx: Pick<Ctx, 'actor' | 'db' | 'cache'>): Promise<SettingsReader | undefined> {
  const { userId } = ctx.actor;
  return (await effectiveSettings(ctx, [userId])).get(userId);
}

/** How many of something may be active by a setting that is a number of them, or -1 for any number. */
export function limitIn(settings: SettingsReader | undefined, section: string, key: string): number {
  const limit = Number(settings?.get(section, key) ?? -1);
  return limit < 0 ? Number.POSITIVE_INFINITY : limit;
}

/** The same as effectiveSettings for one user, past the cache and after every write that is on its way: for clients that synchronise. */
export async function currentSettings(ctx: Ctx, userId: number): Promise<SettingsReader | undefined> {
  return readersOf(await afterWrites(ctx, settingsOf(ctx.actor.companyId, [userId]))).get(userId);
}

function settingsOf(companyId: number, userIds: readonly number[]): Sql {
  return sql`
    SELECT 'member', u.id, u.group_id::text, NULL, NULL, NULL FROM users u
    WHERE u.company_id = ${companyId} AND u.id = ANY(${userIds}::int[])
    UNION ALL
    SELECT s.scope, s.scope_id, s.section, s.key, s.value::text, s.last_modified::text FROM settings s
    WHERE s.company_id = ${companyId} AND (s.scope <> 'user' OR s.scope_id = ANY(${userIds}::int[]))`;
}

/** One reader a user; users of one group share their layers. */
function readersOf(rows: readonly Cells[]): Map<number, SettingsReader> {
  const layers = new Map<string, Map<string, { values: Map<string, SettingValue | null>; lastModified: string }>>();
  const members: [userId: number, groupId: string | null][] = [];
  for (const [kind, id, first = null, key, value, moment] of rows) {
    if (kind === 'member') {
      members.push([Number(id), first]);
      continue;
    }
    const place = `${kind} ${id}`;
    const layer = layers.get(place) ?? new Map();
    layers.set(place, layer);
    const section = layer.get(String(first)) ?? { values: new Map(), lastModified: '' };
    layer.set(String(first), section);
    section.values.set(String(key), JSON.parse(String(value)) as SettingValue | null);
    if (String(moment) > section.lastModified) section.lastModified = String(moment);
  }
  const none: Layer = new Map();
  return new Map(
    members.map(([userId, groupId]) => [
      userId,
      readerOf(['company 0', `group ${groupId}`, `user ${userId}`].map((place) => layers.get(place) ?? none)),
    ]),
  );
}

/**
 * Stores settings of one section for the company (scopeId 0), a group or a user. null takes a setting back. Throws
 * DomainError for a section or key that does not exist, a value that it can not have, or a group or user that is not there.
 */
export async function setSettings(
  { db, cache }: { readonly db: Db; readonly cache?: CompanyCache },
  companyId: number,
  scope: SettingScope,
  scopeId: number,
  section: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const entries = Object.entries(values).map(([key, raw]) => [key, acceptedValue(section, key, raw)] as const);
  const place = placeStatement(companyId, scope, scopeId);
  const [known = []] = await db.pipeline([
    place,
    sql`INSERT INTO settings AS s (company_id, scope, scope_id, section, key, value)
        SELECT ${companyId}::int, ${scope}, ${scopeId}::int, ${section}, v.key, v.value::json
        FROM unnest(${entries.map(([key]) => key)}::text[], ${entries.map(([, value]) => JSON.stringify(value))}::text[])
          AS v (key, value)
        WHERE EXISTS (${place})
        ON CONFLICT (company_id, scope, scope_id, section, key) DO UPDATE SET value = EXCLUDED.value
        WHERE s.value::text <> EXCLUDED.value::text`,
  ]);
  cache?.forget(companyId);
  if (known.length === 0) throw noPlace(scope, scopeId);
}

/**
 * The settings that hold at one place: those of the company (scopeId 0), of a group's users where they have none of their
 * own, or of one user. Throws DomainError for a group or user that is not there.
 */
export async function settingsAt(
  db: Db,
  companyId: number,
  scope: SettingScope,
  scopeId: number,
): Promise<SettingsReader> {
  const [known = [], rows = []] = await db.pipeline([
    placeStatement(companyId, scope, scopeId),
    settingsOf(companyId, scope === 'user' ? [scopeId] : []),
  ]);
  const member = ['member', '0', scope === 'group' ? String(scopeId) : null];
  const reader = readersOf(scope === 'user' ? rows : [member, ...rows]).get(scope === 'user' ? scopeId : 0);
  if (known.length === 0 || reader === undefined) throw noPlace(scope, scopeId);
  return reader;
}

/** One row if the company, group or user exists. */
function placeStatement(companyId: number, scope: SettingScope, scopeId: number): Sql {
  return {
    company: sql`SELECT 1 FROM companies WHERE id = ${companyId} AND ${scopeId}::int = 0`,
    group: sql`SELECT 1 FROM groups WHERE company_id = ${companyId} AND id = ${scopeId}`,
    user: sql`SELECT 1 FROM users WHERE company_id = ${companyId} AND id = ${scopeId}`,
  }[scope];
}

function noPlace(scope: SettingScope, scopeId: number): DomainError {
  return new DomainError('not-found', `There is no ${scope} ${scopeId}`);
}

/**
 * SQL: the text of a setting that applies to the user of alias u (a row of users), for statements about the people of many
 * companies. Everything else reads effectiveSettings.
 */
export function settingOfUser(section: string, key: string): Sql {
  const at = (scope: SettingScope, id: Sql): Sql => sql`(
    SELECT s.value #>> '{}' FROM settings s WHERE s.company_id = u.company_id AND s.scope = ${scope}
      AND s.scope_id = ${id} AND s.section = ${section} AND s.key = ${key})`;
  return sql`coalesce(${at('user', sql`u.id`)}, ${at('group', sql`u.group_id`)}, ${at('company', sql`0`)},
    ${String(defaultOf(section, key))})`;
}
