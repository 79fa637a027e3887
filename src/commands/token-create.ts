import { readConfig } from '../config.ts';
import { issueToken } from '../operations/tokens.ts';
import { type Command, required, UsageError } from './command.ts';
import { companyNamed, userNamed } from './lookup.ts';
import { withServices } from './open.ts';

const secondsOf: Readonly<Record<string, number>> = { m: 60, h: 3_600, d: 86_400 };

/** Makes an access token. Scripts rely on it being alone on the last line. */
export const tokenCreate: Command = {
  name: 'token create',
  means: 'makes an access token for a user and prints it alone on the last line',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    user: { value: 'USER', means: 'user name or id', required: true },
    expires: { value: 'TIME', means: 'such as 90d, 12h or 30m; never when not given' },
    label: { value: 'TEXT', means: 'what it is for' },
  },
  async run(given) {
    const seconds = given.expires === undefined ? undefined : readTime(given.expires);
    return withServices(readConfig(), async (services) => {
      const company = await companyNamed(services, required(given, 'company'));
      const { userId } = await userNamed(services, company, required(given, 'user'));
      const now = services.clock.now();
      const expiry = seconds === undefined ? {} : { expiresAt: now + seconds };
      const input = { companyId: company.id, userId, label: given.label ?? 'command line', ...expiry };
      process.stdout.write(`${await issueToken(services, input, now)}\n`);
      return 0;
    });
  },
};

function readTime(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (secondsOf[unit] ?? 0);
  if (!(seconds > 0)) throw new UsageError('--expires must be a time such as 90d, 12h or 30m.');
  return seconds;
}
