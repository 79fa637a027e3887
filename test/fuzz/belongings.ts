import { raw, sql } from '../../src/store/sql.ts';
import { definitions } from '../conformance/battery.ts';
import type { Stage } from '../support/stage.ts';
import type { World } from '../support/world.ts';

const besides = [
  'settings',
  'credentials',
  'working_hours',
  'booking_apps',
  'booking_pages',
  'bookings',
  'booking_holds',
];

/** Everything that the database holds of one company, as one text for each table. */
export async function belongingsOf({ services }: World, { company }: Stage): Promise<string[]> {
  const tables = new Set([...definitions.map(({ table }) => table), ...besides]);
  const texts = [...tables].map(async (table) => {
    const rows = await services.database.system.rows(sql`
      SELECT count(*), md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM ${raw(table)} t
      WHERE company_id = ${company.id}`);
    return `${table} ${rows.flat().join(' ')}`;
  });
  return Promise.all(texts);
}
