import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import type { Ctx } from '../engine/context.ts';
import { resourceOf } from '../engine/context.ts';
import { createRows } from '../engine/create.ts';
import type { Services } from '../http/services.ts';
import { checkNewPassword, setPassword } from '../operations/sign-in.ts';
import { resources } from '../resources/index.ts';
import { type Command, required, UsageError } from './command.ts';
import { companyNamed } from './lookup.ts';
import { withServices } from './open.ts';
import { choosePassword } from './password.ts';

/** Makes a user of a company. */
export const userCreate: Command = {
  name: 'user create',
  means: 'makes a user of a company, who tracks time',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    username: { value: 'NAME', means: 'user name', required: true },
    first: { value: 'NAME', means: 'first name', required: true },
    last: { value: 'NAME', means: 'last name', required: true },
    email: { value: 'EMAIL', means: 'email address' },
    role: { value: 'ROLE', means: 'admin, or user' },
    password: { value: 'PASSWORD', means: 'or - to read it from standard input; else asked for or made' },
  },
  async run(given) {
    const config = readConfig();
    if (!['admin', 'user'].includes(given.role ?? 'user')) throw new UsageError('--role must be admin or user.');
    const { password, made } = await choosePassword(given.password);
    const username = required(given, 'username');
    const [first, last] = [required(given, 'first'), required(given, 'last')];
    return withServices(config, async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      checkNewPassword(password, [username, `${first} ${last}`, company.clientUrl, company.name]);
      const ctx = commandCtx(services, company.id);
      const item = {
        username,
        first_name: first,
        last_name: last,
        ...(given.email === undefined ? {} : { email: given.email }),
        permissions: { time_tracking: true, admin: given.role === 'admin' },
      };
      const { items } = await createRows(ctx, resourceOf(ctx, 'users'), [item]);
      const [result] = items;
      if (result === undefined || !result.ok) throw result?.error ?? new Error('No user was made');
      const { requestId, via, now } = ctx;
      await setPassword(services, { companyId: company.id, userId: result.id, password, via, requestId }, now);
      process.stdout.write(`User ${username} has the id ${result.id}.\n${made ? `Password: ${password}\n` : ''}`);
      return 0;
    });
  },
};

/** Who sits at the command line may do everything; the history names no user. */
function commandCtx({ database, cache, config, clock }: Services, companyId: number): Ctx {
  return {
    actor: {
      companyId,
      userId: 0,
      permissions: new Set(['admin']),
      managedGroupIds: [],
      managedUserIds: new Set(),
      projectIds: new Set(),
      colleagueIds: new Set(),
    },
    db: database.forCompany(companyId),
    cache,
    config,
    resources,
    now: clock.now(),
    via: 'command',
    requestId: randomUUID(),
  };
}
