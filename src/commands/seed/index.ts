import { randomInt, randomUUID } from 'node:crypto';
import type { Ctx } from '../../engine/context.ts';
import type { Services } from '../../http/services.ts';
import { addDays, dayBounds, localDay } from '../../lib/time.ts';
import { setPassword } from '../../operations/sign-in.ts';
import { createCompany } from '../../operations/sign-up.ts';
import { issueToken } from '../../operations/tokens.ts';
import { resources } from '../../resources/index.ts';
import { loadActor } from '../../resources/users/actor.ts';
import { CompanyCache } from '../../store/cache.ts';
import type { Database, Db } from '../../store/db.ts';
import { messageJob } from '../../store/messages.ts';
import { unqueue } from '../../store/queue.ts';
import type { DemoAccess } from './access.ts';
import { makePlans } from './plans.ts';
import { makePlaces, makeProjects } from './sites.ts';
import { finishStaff, makeStaff } from './staff.ts';
import { makeFields, makeJobs, recordTime } from './work.ts';
import { Writer } from './writer.ts';
import { companyZone, type DemoYear, type PlannedPerson, planYear } from './year.ts';

const companyUrl = 'demo';
const companyName = 'Hudson Building Services (demo)';
const via = 'demo';

/**
 * Makes the demo company with a year of time that ends now, or with the day `today` where that is over. Everything is
 * written in one transaction, so that a demo is complete or not there at all.
 */
export async function seedDemo(services: Services, { today }: { today: string }): Promise<DemoAccess> {
  const now = services.clock.now();
  const [, endOfToday] = dayBounds(companyZone, today);
  const year = planYear(Math.min(now, endOfToday - 1));
  const password = readablePassword();
  const { companyId, token } = await services.database.system.transaction((db) =>
    makeCompany(services, insideOf(db), year, password, now),
  );
  services.cache.forget(companyId);
  const signIns = year.people
    .filter(({ termDay }) => termDay === undefined)
    .map((person) => ({ username: person.username, password, role: roleOf(person) }));
  return { companyUrl, signIns, token };
}

/** A database all of whose statements run in one transaction. */
function insideOf(db: Db): Database {
  return { system: db, forCompany: () => db, waiting: 0, close: async () => undefined };
}

async function makeCompany(
  { config }: Services,
  database: Database,
  { people, sheets }: DemoYear,
  password: string,
  now: number,
): Promise<{ companyId: number; token: string }> {
  // Nothing of it is committed yet, so nobody else may get to see what is cached meanwhile.
  const [cache, db, requestId] = [new CompanyCache(), database.system, randomUUID()];
  const inside = { database, cache };
  const admin = people.find((person) => person.admin);
  if (admin === undefined) throw new Error('The demo has no administrator');
  const { username, first: firstName, last: lastName } = admin;
  const { companyId, userId } = await createCompany(
    inside,
    {
      name: companyName,
      clientUrl: companyUrl,
      timeZone: companyZone,
      admin: { username, firstName, lastName, email: '', password },
    },
    { via, requestId },
  );
  const actor = await loadActor(db, companyId, userId);
  if (actor === undefined) throw new Error('The demo has no administrator');
  const ctx: Ctx = { actor, db, cache, config, resources, now, via, requestId };
  const writer = new Writer(ctx);
  const users = await makeStaff(ctx, writer, people);
  const jobs = await makeJobs(ctx, writer, people, users);
  const fields = await makeFields(writer);
  await recordTime(writer, people, sheets, { users, jobs, fields });
  await finishStaff(writer, people, users);
  const today = localDay(companyZone, now);
  await makePlaces(writer, { users, jobs, fields }, today);
  await makeProjects(writer, { users, jobs, fields }, { start: addDays(today, -40), due: addDays(today, 25) });
  await makePlans(writer, { users, jobs, fields }, today);
  // Nobody is to be told of what a demo begins with.
  await unqueue(db, companyId, messageJob, ['']);
  for (const [name, id] of users) {
    if (name !== username) await setPassword(inside, { companyId, userId: id, password, via, requestId }, now);
  }
  const { demoToken } = config;
  const fixed = demoToken === undefined ? {} : { token: demoToken };
  return { companyId, token: await issueToken(inside, { companyId, userId, label: via, ...fixed }, now) };
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** One for everybody in the demo, and another for every demo: the server may listen where strangers can reach it. */
function readablePassword(): string {
  const part = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return ['demo', part(), part(), part()].join('-');
}

function roleOf({ admin, manages, group, salaried, zone }: PlannedPerson): string {
  const role = admin ? 'administrator' : manages === undefined ? `employee, ${group}` : `manager of ${manages}`;
  return `${role}${salaried ? ', salaried' : ''}${zone === undefined ? '' : `, in ${zone}`}`;
}
