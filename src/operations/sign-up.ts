import { DomainError } from '../lib/errors.ts';
import { hashPassword } from '../lib/passwords.ts';
import { zoneName } from '../lib/time.ts';
import * as companies from '../resources/companies/queries.ts';
import { storePasswordHash } from '../resources/credentials/queries.ts';
import { setSettings } from '../resources/effective-settings/queries.ts';
import { insertTopJobcodes } from '../resources/jobcodes/queries.ts';
import { insertCalendar } from '../resources/schedule-calendars/queries.ts';
import type { Database } from '../store/db.ts';
import { constraintCode } from '../store/pg-errors.ts';
import { originStatement } from '../store/write.ts';
import { checkNewPassword } from './sign-in.ts';

/** A new company and its first user, who may do everything in it. */
export interface NewCompany {
  readonly name: string;
  /** 3 to 40 lower-case letters, digits, - and _; made from the name when it is empty. */
  readonly clientUrl: string;
  /** An IANA zone. */
  readonly timeZone: string;
  readonly admin: {
    /** The email when it is empty. */
    readonly username: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
    readonly password: string;
  };
}

/** What was made. */
export interface MadeCompany {
  readonly companyId: number;
  readonly userId: number;
  readonly clientUrl: string;
}

/** One sentence per field that is at fault. */
export class InvalidFields extends DomainError {
  readonly fields: ReadonlyMap<string, string>;

  constructor(fields: ReadonlyMap<string, string>) {
    const [[field, sentence] = ['', '']] = fields;
    super('invalid', sentence, { field });
    this.fields = fields;
  }
}

const addressRule = /^[a-z0-9_-]{3,40}$/;
const timeOff = ['Sick', 'Vacation', 'Holiday'];
const firstPermissions = ['admin', 'mobile', 'time_tracking'];

/** A company address made of a company's name: 'Müller & Söhne' gives 'muller-sohne'. */
export function proposedAddress(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const address = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '');
  return addressRule.test(address) ? address : `company-${address}`.replace(/-$/, '');
}

async function freeAddress(database: Database, name: string): Promise<string> {
  const address = proposedAddress(name);
  for (let suffix = 1; suffix < 1000; suffix += 1) {
    const candidate = suffix === 1 ? address : `${address}-${suffix}`;
    if ((await companies.findCompany(database.system, candidate)) === undefined) return candidate;
  }
  throw new InvalidFields(new Map([['clientUrl', 'Choose a company address.']]));
}

function checkText(problems: Map<string, string>, field: string, text: string, what: string, longest: number): void {
  if (text === '') problems.set(field, `Enter ${what}.`);
  else if (text.length > longest) problems.set(field, `This can be at most ${longest} characters long.`);
  else if (/\p{Cc}/u.test(text)) problems.set(field, 'This holds characters that can not be used.');
}

function usernameOf({ username, email }: NewCompany['admin']): string {
  return username === '' ? email : username;
}

function check(input: NewCompany): Map<string, string> {
  const problems = new Map<string, string>();
  const { name, clientUrl, timeZone, admin } = input;
  checkText(problems, 'name', name, 'the name of your company', 100);
  if (clientUrl !== '' && !addressRule.test(clientUrl)) {
    problems.set('clientUrl', 'A company address is 3 to 40 lower-case letters, digits, hyphens and underscores.');
  }
  if (zoneName(timeZone) === undefined) problems.set('timeZone', 'Choose a time zone.');
  checkText(problems, 'firstName', admin.firstName, 'your first name', 64);
  checkText(problems, 'lastName', admin.lastName, 'your last name', 64);
  if (usernameOf(admin) === '') problems.set('email', 'Enter your email.');
  else checkText(problems, admin.username === '' ? 'email' : 'username', usernameOf(admin), 'a user name', 255);
  if (admin.email !== '' && (!/^[^\s@]+@[^\s@]+$/.test(admin.email) || admin.email.length > 255)) {
    problems.set('email', 'Enter an email address, such as ada@example.com.');
  }
  try {
    checkNewPassword(admin.password, [
      name,
      clientUrl,
      admin.username,
      admin.email,
      `${admin.firstName} ${admin.lastName}`,
    ]);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    problems.set('password', error.detail);
  }
  return problems;
}

/** Throws InvalidFields when a company can not be made of this; `more` are problems that the caller has found. */
export function checkCompany(input: NewCompany, more: Readonly<Record<string, string>> = {}): void {
  const problems = check(input);
  for (const [field, sentence] of Object.entries(more)) problems.set(field, sentence);
  if (problems.size > 0) throw new InvalidFields(problems);
}

/**
 * Makes a company: its first user as administrator, its time zone, the jobcodes for paid time off that every new account
 * starts with (Sick, Vacation, Holiday), and a calendar for its schedule. All or nothing. Throws InvalidFields.
 */
export async function createCompany(
  services: { readonly database: Database },
  input: NewCompany,
  origin: { via: string; requestId: string },
): Promise<MadeCompany> {
  checkCompany(input);
  const { name, admin } = input;
  const passwordHash = await hashPassword(admin.password);
  const clientUrl = input.clientUrl || (await freeAddress(services.database, name));
  const timeZone = zoneName(input.timeZone) ?? 'UTC';
  try {
    return await services.database.system.transaction(async (db) => {
      await db.rows(originStatement(`|${origin.via}|${origin.requestId}`));
      const companyId = await companies.insertCompany(db, name, clientUrl);
      const userId = await companies.insertFirstUser(db, companyId, {
        ...admin,
        username: usernameOf(admin),
        permissions: firstPermissions,
      });
      await storePasswordHash(db, companyId, userId, passwordHash);
      await setSettings({ db }, companyId, 'company', 0, 'general', { tz: timeZone });
      await insertTopJobcodes(
        db,
        companyId,
        timeOff.map((name) => ({ name, type: 'pto' })),
      );
      await insertCalendar(db, companyId, 'Schedule');
      return { companyId, userId, clientUrl };
    });
  } catch (error) {
    if (error instanceof DomainError && error.code === constraintCode('companies_client_url')) {
      throw new InvalidFields(new Map([['clientUrl', 'This company address is taken. Choose another one.']]));
    }
    throw error;
  }
}
