import { readConfig } from '../config.ts';
import { createApp } from '../operations/apps.ts';
import { type Command, required } from './command.ts';
import { companyNamed } from './lookup.ts';
import { withServices } from './open.ts';

/** Registers an OAuth application. */
export const appCreate: Command = {
  name: 'app create',
  means: 'registers an OAuth application and prints its client id and secret, once',
  options: {
    company: { value: 'COMPANY', means: 'address or id of the company', required: true },
    name: { value: 'NAME', means: 'name that users see when they are asked', required: true },
    'redirect-uri': {
      value: 'URIS',
      means: 'where users are sent back to; several with commas between',
      required: true,
    },
  },
  async run(given) {
    return withServices(readConfig(), async (services) => {
      const { id } = await companyNamed(services, required(given, 'company'));
      const redirectUris = required(given, 'redirect-uri')
        .split(',')
        .map((uri) => uri.trim());
      const input = { companyId: id, name: required(given, 'name'), redirectUris };
      const { clientId, clientSecret } = await createApp(services, input, services.clock.now());
      process.stdout.write(`Client id: ${clientId}\nClient secret: ${clientSecret}\n`);
      return 0;
    });
  },
};
