import { version } from '../http/version.ts';
import { appCreate } from './app-create.ts';
import { bookingAppCreate, bookingAppList, bookingAppRemove, bookingAppRotate } from './booking-app.ts';
import { type Command, readOptions, sentenceOf, UsageError } from './command.ts';
import { companyCreate } from './company-create.ts';
import { customfieldCreate } from './customfield-create.ts';
import { customfieldRequire } from './customfield-require.ts';
import { explain } from './explain.ts';
import { helpOf, helpOfAll } from './help.ts';
import { jobsCommand, jobsDead, jobsDrop, jobsRetry } from './jobs.ts';
import { keyCreate, keyRevoke } from './keys.ts';
import { managedClientAdd, managedClientRemove } from './managed-client.ts';
import { migrateCommand } from './migrate.ts';
import { seed } from './seed-command.ts';
import { serve } from './serve.ts';
import { settingList, settingSet } from './setting.ts';
import { tokenCreate } from './token-create.ts';
import { userCreate } from './user-create.ts';
import { worker } from './worker.ts';

const commands: readonly Command[] = [
  serve,
  worker,
  migrateCommand,
  seed,
  companyCreate,
  userCreate,
  appCreate,
  tokenCreate,
  keyCreate,
  keyRevoke,
  bookingAppCreate,
  bookingAppList,
  bookingAppRotate,
  bookingAppRemove,
  managedClientAdd,
  managedClientRemove,
  customfieldCreate,
  customfieldRequire,
  settingSet,
  settingList,
  explain,
  jobsCommand,
  jobsDead,
  jobsRetry,
  jobsDrop,
];

/** Runs the command that the words name; gives the exit code: 0, 1 when it failed, 2 when it was not understood. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [first, second] = words;
  if (first === '--version' || first === 'version') return say(version);
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') return say(helpOfAll(commands));
  const named = (wanted: string): Command | undefined => commands.find(({ name }) => name === wanted);
  const command = named(`${first} ${second}`) ?? named(first);
  if (command === undefined) {
    return complain(`There is no command "${first}"; openpunch --help lists them.`, 2);
  }
  const rest = words.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) return say(helpOf(command));
  try {
    return await command.run(readOptions(command, rest));
  } catch (error) {
    return complain(sentenceOf(error), error instanceof UsageError ? 2 : 1);
  }
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`);
  return exitCode;
}
