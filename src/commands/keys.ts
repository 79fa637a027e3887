import { readConfig } from '../config.ts';
import { DomainError } from '../lib/errors.ts';
import { type Door, issueToken, revokeToken } from '../operations/tokens.ts';
import { type Command, required, UsageError } from './command.ts';
import { companyNamed, userNamed } from './lookup.ts';
import { withServices } from './open.ts';

const doors: Readonly<Record<string, Door>> = { legacy: 'tsheets-legacy', timestation: 'timestation' };

/** Makes an API key for the dialects that know nothing but a key. Scripts rely on it being alone on the last line. */
export const keyCreate: Command = {
  name: 'key create',
  means: 'makes an API key that acts as a user and prints it alone on the last line',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    user: { value: 'USER', means: 'user name or id', required: true },
    for: { value: 'API', means: 'legacy (api.php) or timestation', required: true },
    label: { value: 'TEXT', means: 'what it is for' },
  },
  async run(given) {
    const door = doors[required(given, 'for')];
    if (door === undefined) throw new UsageError('--for must be legacy or timestation.');
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      const { userId } = await userNamed(services, company, required(given, 'user'));
      const input = { companyId: company.id, userId, label: given.label ?? 'command line', door };
      process.stdout.write(`${await issueToken(services, input, services.clock.now())}\n`);
      return 0;
    });
  },
};

/** Ends a key or an access token, whatever it opens. */
export const keyRevoke: Command = {
  name: 'key revoke',
  means: 'ends an API key or an access token at once',
  options: { key: { value: 'KEY', means: 'the key itself', required: true } },
  async run(given) {
    return withServices(readConfig(), async (services) => {
      const ended = await revokeToken(services, required(given, 'key'), services.clock.now());
      if (!ended) throw new DomainError('not-found', 'There is no such key, or it was revoked already.');
      return 0;
    });
  },
};
