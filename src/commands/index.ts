import { version } from '../http/version.ts';
import { type Command, readOptions, sentenceOf, UsageError } from './command.ts';
import { helpOf, helpOfAll } from './help.ts';

/** By its name each command and how to load it; a command waits only for the modules that it needs itself. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serve,
  worker: async () => (await import('./worker.ts')).worker,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  seed: async () => (await import('./seed-command.ts')).seed,
  'company create': async () => (await import('./company-create.ts')).companyCreate,
  'user create': async () => (await import('./user-create.ts')).userCreate,
  'app create': async () => (await import('./app-create.ts')).appCreate,
  'token create': async () => (await import('./token-create.ts')).tokenCreate,
  'key create': async () => (await import('./keys.ts')).keyCreate,
  'key revoke': async () => (await import('./keys.ts')).keyRevoke,
  'booking-app create': async () => (await import('./booking-app.ts')).bookingAppCreate,
  'booking-app list': async () => (await import('./booking-app.ts')).bookingAppList,
  'booking-app rotate': async () => (await import('./booking-app.ts')).bookingAppRotate,
  'booking-app remove': async () => (await import('./booking-app.ts')).bookingAppRemove,
  'managed-client add': async () => (await import('./managed-client.ts')).managedClientAdd,
  'managed-client remove': async () => (await import('./managed-client.ts')).managedClientRemove,
  'customfield create': async () => (await import('./customfield-create.ts')).customfieldCreate,
  'customfield require': async () => (await import('./customfield-require.ts')).customfieldRequire,
  'setting set': async () => (await import('./setting.ts')).settingSet,
  'setting list': async () => (await import('./setting.ts')).settingList,
  explain: async () => (await import('./explain.ts')).explain,
  jobs: async () => (await import('./jobs.ts')).jobsCommand,
  'jobs dead': async () => (await import('./jobs.ts')).jobsDead,
  'jobs retry': async () => (await import('./jobs.ts')).jobsRetry,
  'jobs drop': async () => (await import('./jobs.ts')).jobsDrop,
};

/** Runs the command that the words name; gives the exit code: 0, 1 when it failed, 2 when it was not understood. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [first, second] = words;
  if (first === '--version' || first === 'version') return say(version);
  if (first === undefined || first === 'help' || first === '--help' || first === '-h') {
    return say(helpOfAll(await Promise.all(Object.values(commands).map((load) => load()))));
  }
  const named = (wanted: string) => Object.entries(commands).find(([name]) => name === wanted);
  const [, load] = named(`${first} ${second}`) ?? named(first) ?? [];
  if (load === undefined) return complain(`There is no command "${first}"; openpunch --help lists them.`, 2);
  const command = await load();
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
