import { readConfig } from '../config.ts';
import type { Command } from './command.ts';
import { openServices } from './open.ts';

/** Brings the database to the current schema; serve does so by itself. */
export const migrateCommand: Command = {
  name: 'migrate',
  means: 'brings the database to the current schema (serve does so too)',
  options: {},
  async run() {
    const opened = await openServices(readConfig());
    await opened.close();
    process.stdout.write(opened.applied.length === 0 ? 'Nothing to do.\n' : `Applied ${opened.applied.join(', ')}.\n`);
    return 0;
  },
};
