import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import { DomainError } from '../lib/errors.ts';
import { createCompany, InvalidFields } from '../operations/sign-up.ts';
import { type Command, required } from './command.ts';
import { withServices } from './open.ts';
import { choosePassword } from './password.ts';

/** Makes a company and its first administrator. */
export const companyCreate: Command = {
  name: 'company create',
  means: 'makes a company and its first administrator',
  options: {
    name: { value: 'NAME', means: 'name of the company', required: true },
    url: { value: 'ADDRESS', means: 'its address at sign-in, such as acme; made from the name' },
    'admin-first': { value: 'NAME', means: 'first name of the administrator', required: true },
    'admin-last': { value: 'NAME', means: 'last name', required: true },
    username: { value: 'NAME', means: 'user name', required: true },
    email: { value: 'EMAIL', means: 'email address', required: true },
    'time-zone': { value: 'ZONE', means: "such as America/Denver; this machine's" },
    password: { value: 'PASSWORD', means: 'or - to read it from standard input; else asked for or made' },
  },
  async run(given) {
    const config = readConfig();
    const { password, made } = await choosePassword(given.password);
    return withServices(config, async (services) => {
      const admin = {
        username: required(given, 'username'),
        firstName: required(given, 'admin-first'),
        lastName: required(given, 'admin-last'),
        email: required(given, 'email'),
        password,
      };
      const timeZone = given['time-zone'] ?? Temporal.Now.timeZoneId();
      const input = { name: required(given, 'name'), clientUrl: given.url ?? '', timeZone, admin };
      const company = await createCompany(services, input, { via: 'command', requestId: randomUUID() }).catch(
        inSentences,
      );
      const lines = [
        `Company ${company.clientUrl} has the id ${company.companyId}, its administrator ${admin.username} the id ${company.userId}.`,
        ...(made ? [`Password: ${password}`] : []),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
      return 0;
    });
  },
};

function inSentences(error: unknown): never {
  if (!(error instanceof InvalidFields)) throw error;
  throw new DomainError('invalid', [...error.fields.values()].join('\n'));
}
