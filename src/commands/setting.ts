import { readConfig } from '../config.ts';
import type { Services } from '../http/services.ts';
import type { Company } from '../resources/companies/queries.ts';
import { defaultOf, sections } from '../resources/effective-settings/defaults.ts';
import { type SettingScope, setSettings, settingsAt } from '../resources/effective-settings/queries.ts';
import { type Command, type Given, required, UsageError } from './command.ts';
import { companyNamed, userNamed } from './lookup.ts';
import { withServices } from './open.ts';

const options = {
  company: { value: 'COMPANY', means: 'address or id of the company', required: true },
  group: { value: 'GROUP', means: 'id of the group whose users it is for' },
  user: { value: 'USER', means: 'user name or id of the one whom it is for' },
} as const;

/** Does something with the settings of a company, a group or a user, as the options name it. */
function atPlace(
  given: Given,
  work: (services: Services, companyId: number, scope: SettingScope, id: number) => Promise<void>,
): Promise<number> {
  const { group, user } = given;
  if (group !== undefined && user !== undefined) throw new UsageError('Give --group or --user, not both.');
  if (group !== undefined && !/^\d{1,9}$/.test(group)) throw new UsageError('--group must be the id of a group.');
  return withServices(readConfig(), async (services) => {
    const company = await companyNamed(services, required(given, 'company'));
    if (group !== undefined) await work(services, company.id, 'group', Number(group));
    else if (user !== undefined) await work(services, company.id, 'user', await userId(services, company, user));
    else await work(services, company.id, 'company', 0);
    return 0;
  });
}

async function userId(services: Services, company: Company, name: string): Promise<number> {
  return (await userNamed(services, company, name)).userId;
}

/** Sets one setting. The values that it can have are in docs/settings.md. */
export const settingSet: Command = {
  name: 'setting set',
  means: 'sets a setting of a company, a group or a user; the value null takes it back',
  options,
  operand: { value: 'SECTION.KEY=VALUE', means: 'such as general.week_start=1' },
  async run(given) {
    const [, section = '', key = '', text = ''] = /^(\w+)\.(\w+)=(.*)$/s.exec(required(given, 'operand')) ?? [];
    if (key === '') throw new UsageError('A setting is set by its section, key and value: general.week_start=1.');
    return atPlace(given, async ({ database, cache }, companyId, scope, id) => {
      const value = text === 'null' ? null : text;
      await setSettings({ db: database.forCompany(companyId), cache }, companyId, scope, id, section, { [key]: value });
      const reader = await settingsAt(database.forCompany(companyId), companyId, scope, id);
      process.stdout.write(lineOf(section, key, reader.get(section, key)));
    });
  },
};

/** Lists the settings that hold at a place. */
export const settingList: Command = {
  name: 'setting list',
  means: 'lists the settings that hold for a company, a group or a user',
  options,
  async run(given) {
    return atPlace(given, async ({ database }, companyId, scope, id) => {
      const reader = await settingsAt(database.forCompany(companyId), companyId, scope, id);
      for (const [section, { values, untilSet = {} }] of Object.entries(sections)) {
        for (const key of [...Object.keys(values), ...Object.keys(untilSet)])
          process.stdout.write(lineOf(section, key, reader.get(section, key)));
      }
    });
  },
};

function lineOf(section: string, key: string, value: unknown): string {
  const text = JSON.stringify(value);
  const byDefault = text === JSON.stringify(defaultOf(section, key)) ? ' (default)' : '';
  return `${section}.${key} ${text}${byDefault}\n`;
}
