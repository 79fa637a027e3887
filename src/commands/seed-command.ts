import { readConfig } from '../config.ts';
import { DomainError } from '../lib/errors.ts';
import type { Command } from './command.ts';
import { demoIfEmpty, demoText } from './demo.ts';
import { withServices } from './open.ts';

/** Makes the demo company. */
export const seed: Command = {
  name: 'seed',
  means: 'fills an empty database with the demo company (serve does so too)',
  options: {},
  async run() {
    return withServices(readConfig(), async (services) => {
      const access = await demoIfEmpty(services);
      if (access === undefined)
        throw new DomainError('conflict', 'The database has a company already, so no demo is made.');
      process.stdout.write(demoText(access));
      return 0;
    });
  },
};
