import type { Facts, Property } from './facts.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const ofUser =
  (name: string, column: string): Property =>
  async (facts) => ({ [name]: String((await facts.own())[column]) });

/** settings: what applies to the one who asks. */
async function settingsProperty(facts: Facts): ReturnType<Property> {
  const settings = await facts.settings();
  const general = (key: string): string => String(settings?.get('general', key) ?? '');
  return {
    settings: {
      timesheet_notes: general('enable_timesheet_notes') === '1',
      // By its description 1 lets employees see times, though its name says the opposite.
      hide_working_time: general('hide_working_time') !== '1',
      time_format: general('time_format'),
      tz: general('tz'),
      week_start: weekdays[Number(general('week_start'))] ?? '',
    },
  };
}

/** About the one who has logged in, whoever `username` names. */
export const accountProperties: Readonly<Record<string, Property>> = {
  username: ofUser('username', 'username'),
  fname: ofUser('fname', 'first_name'),
  lname: ofUser('lname', 'last_name'),
  company_name: ofUser('company_name', 'company_name'),
  // Every company here has people of its own.
  account_type: async () => ({ account_type: 'business' }),
  client_url: ofUser('client_url', 'client_url'),
  settings: settingsProperty,
};
