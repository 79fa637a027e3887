import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../support/api.ts';
import { type Bookable, bookingOf, type Desk, dataOf } from '../support/bookings.ts';
import type { World } from '../support/world.ts';

/** A mail as the outbox keeps it. */
export interface Mail {
  /** null for somebody who is no user. */
  readonly userId: number | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The whole of it, as it would have been sent. */
  readonly raw: string;
}

/** The value of a header, unfolded; undefined where there is none. */
export function header({ raw }: Mail, name: string): string | undefined {
  const head = raw.split('\n\n')[0] ?? '';
  return new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\n[ \t]+/g, ' ');
}

/** The lines of the calendar file that goes with a mail, by their names; undefined where none does. */
export function calendarIn({ raw }: Mail): Readonly<Record<string, string>> | undefined {
  const part = /^Content-Type: text\/calendar; charset=utf-8; method=(\w+)\n(?:.+\n)*\n([\s\S]*?)\n--/m.exec(raw);
  if (part === null) return undefined;
  const body = part[2] ?? '';
  const file = body.includes('BEGIN:VCALENDAR') ? body : Buffer.from(body, 'base64').toString();
  const lines = file
    .replace(/\r?\n /g, '')
    .trimEnd()
    .split(/\r?\n/);
  const values = Object.fromEntries(
    lines.map((line) => [/^[A-Z]+/.exec(line)?.[0], line.slice(line.indexOf(':') + 1)]),
  );
  assert.equal(values.METHOD, part[1], 'the method stands twice');
  return values;
}

/** What tests of mails about bookings do again and again. */
export function mailRoom(world: World, desk: Desk) {
  let seen = 0;
  const db = world.services.database.forCompany(desk.company.id);

  /** The mails that came since the last look, when all jobs have run that are due until a moment. */
  async function mails(until = world.clock.now()): Promise<Mail[]> {
    await world.runJobs(until);
    const rows = await db.rows({
      text: `SELECT id, user_id, recipient, subject, text FROM outbox WHERE company_id = $1 AND id > $2 ORDER BY id`,
      values: [desk.company.id, seen],
    });
    const folder = join(world.services.config.dataDir, 'outbox');
    return Promise.all(
      rows.map(async ([id, userId, to, subject, text]) => {
        seen = Math.max(seen, Number(id));
        return {
          userId: userId === null ? null : Number(userId),
          to: String(to),
          subject: String(subject),
          text: String(text),
          raw: await readFile(join(folder, `${desk.company.id}-${id}.eml`), 'utf8'),
        };
      }),
    );
  }

  return {
    mails,
    /** Recipients and subjects of the same, in the order of letters. */
    async told(until?: number): Promise<string[]> {
      return (await mails(until)).map(({ to, subject }) => `${to} ${subject}`).sort();
    },
    async book(person: Bookable, hour: number, more: Readonly<Record<string, unknown>> = {}): Promise<Json> {
      return dataOf(await desk.app.api.post('/bookings', bookingOf(person, hour, more)), 201);
    },
    async act(booking: Json, action: string, body: object = {}): Promise<Json> {
      return dataOf(await desk.app.api.put(`/bookings/${booking.id}/${action}`, body));
    },
    /** Changes the event of a booking over the TSheets API, as whoever plans the schedule does. */
    async edit(booking: Json, change: object): Promise<void> {
      const id = await desk.cell('SELECT event_id FROM bookings WHERE company_id = $1 AND uuid = $2', booking.id);
      const answer = await desk.company.admin.put('/schedule_events', [{ id: Number(id), ...change }]);
      const item = answer.body.results?.schedule_events?.['1'];
      assert.ok(Number(item?._status_code) < 300, answer.text);
    },
    /** Replaces the settings of the application. */
    async settings(values: object): Promise<void> {
      const text = 'UPDATE booking_apps SET settings = $2::json WHERE company_id = $1 AND slug = $3';
      await db.rows({ text, values: [desk.company.id, JSON.stringify(values), desk.app.slug] });
      world.services.cache.forget(desk.company.id);
    },
    /** Names somebody, and his mail address. */
    async call(person: { readonly userId: number }, first: string, last: string, email = ''): Promise<void> {
      const text = 'UPDATE users SET first_name = $3, last_name = $4, email = $5 WHERE company_id = $1 AND id = $2';
      await db.rows({ text, values: [desk.company.id, person.userId, first, last, email] });
      world.services.cache.forget(desk.company.id);
    },
    /** Jobs of a name that wait. */
    async waiting(name: string): Promise<number> {
      return Number(await desk.cell('SELECT count(*) FROM jobs WHERE company_id = $1 AND name = $2', name));
    },
  };
}

export type MailRoom = ReturnType<typeof mailRoom>;
