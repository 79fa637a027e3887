import { readConfig } from '../config.ts';
import { manageClient } from '../operations/managed-clients.ts';
import { type Command, required } from './command.ts';
import { companyNamed } from './lookup.ts';
import { withServices } from './open.ts';

function command(word: 'add' | 'remove', means: string): Command {
  return {
    name: `managed-client ${word}`,
    means,
    options: {
      company: { value: 'COMPANY', means: 'address or id of the company that manages', required: true },
      client: { value: 'CLIENT', means: 'address or id of the company that is managed', required: true },
    },
    async run(given) {
      return withServices(readConfig(), async (services) => {
        const company = await companyNamed(services, required(given, 'company'));
        const client = await companyNamed(services, required(given, 'client'));
        await manageClient(services, { companyId: company.id, clientId: client.id, active: word === 'add' });
        const now = word === 'add' ? 'manages' : 'no longer manages';
        process.stdout.write(`${company.clientUrl} ${now} ${client.clientUrl} (id ${client.id}).\n`);
        return 0;
      });
    },
  };
}

/** Lets a company act in another one, through users with external_access. */
export const managedClientAdd = command('add', 'lets a company manage another one');
/** Ends that. */
export const managedClientRemove = command('remove', 'ends that a company manages another one');
