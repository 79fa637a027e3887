import { parseDay } from '../../lib/time.ts';
import { packs } from '../../rules/pay/packs.ts';
import { roundingModes } from '../../rules/punches.ts';
import { reaches } from '../../rules/schedule-reach.ts';
import { defaultOf, type SettingValue } from './defaults.ts';

/** Texts and numbers that a setting may have besides the type of its default; `says` completes "must be". */
export interface Form {
  readonly says: string;
  fits(value: SettingValue): boolean;
}

const between = (least: number, most: number): Form => ({
  says: `a number from ${least} to ${most}`,
  fits: (value) => /^\d{1,3}(\.\d{1,4})?$/.test(String(value)) && Number(value) >= least && Number(value) <= most,
});
const hoursOfDay = between(0, 24);
const hoursOfWeek = between(0, 168);
const dayOfMonth: Form = {
  says: 'a day of the month from 1 to 31',
  fits: (value) => /^\d{1,2}$/.test(String(value)) && Number(value) >= 1 && Number(value) <= 31,
};
const daysOfPeriod: Form = {
  says: 'a number of days from 1 to 375',
  fits: (value) => /^\d{1,3}$/.test(String(value)) && Number(value) >= 1 && Number(value) <= 375,
};
const count: Form = {
  says: 'a whole number, or -1 for no limit',
  fits: (value) => /^(-1|\d{1,7})$/.test(String(value)),
};
const timeOfDay: Form = {
  says: 'a time of day such as 17:00:00',
  fits: (value) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(String(value)),
};
const stepOfPunches: Form = {
  says: 'a whole number of minutes from 1 to 30',
  fits: (value) => /^([1-9]|[12]\d|30)$/.test(String(value)),
};
const adpCompany: Form = {
  says: 'two or three letters and digits',
  fits: (value) => /^([A-Za-z0-9]{2,3})?$/.test(String(value)),
};
const digits: Form = { says: 'digits', fits: (value) => /^\d{0,20}$/.test(String(value)) };
const day: Form = { says: 'a date such as 2018-09-28', fits: (value) => parseDay(String(value)) !== undefined };

const forms: Readonly<Record<string, Form>> = {
  'general.clockout_override_hours': hoursOfWeek,
  'general.daily_doubletime': hoursOfDay,
  'general.daily_overtime': hoursOfDay,
  'general.daily_regular_hours': hoursOfDay,
  'general.lunch_length': hoursOfDay,
  'general.lunch_threshold': hoursOfDay,
  'general.max_customfielditems': count,
  'general.max_jobcodes': count,
  'general.payroll_custom_days': daysOfPeriod,
  'general.payroll_end_date': day,
  'general.payroll_first_end_day': dayOfMonth,
  'general.payroll_last_end_day': dayOfMonth,
  'general.payroll_month_end_day': dayOfMonth,
  'general.weekly_regular_hours': hoursOfWeek,
  'rounding.minutes': stepOfPunches,
  'payroll.adp_company_code': adpCompany,
  'payroll.quickbooks_create_time': digits,
  'schedule.business_hours_end': timeOfDay,
  'schedule.business_hours_start': timeOfDay,
};

const choices: Readonly<Record<string, readonly SettingValue[]>> = {
  'customfields.maximum_allowed_timesheet_custom_fields': [0, 1, 2, 3, 4, 5, 6],
  'general.payroll_type': ['weekly', 'biweekly', 'four_weekly', 'semimonthly', 'monthly', 'custom'],
  'general.time_format': [12, 24],
  'general.week_start': [0, 1, 2, 3, 4, 5, 6],
  'mobile_app_settings.location_tracking': ['off', 'optional', 'required'],
  'overtime.pack': ['', ...packs.map(({ id }) => id)],
  'rounding.clock_in': roundingModes,
  'rounding.clock_out': roundingModes,
  'payroll.quickbooks_names': ['first_last', 'last_first'],
  'schedule.employee_view': reaches,
  'schedule.manage_schedule_permission': reaches,
  'schedule.manager_view': reaches,
  'schedule.view_schedule_permission': reaches,
};

/** Their defaults look like those of switches. */
const noSwitches = new Set(['schedule.learning_step']);

/** The few values that a setting can have; undefined where it can have many. Switches are 0 and 1. */
export function choicesOf(section: string, key: string): readonly SettingValue[] | undefined {
  const name = `${section}.${key}`;
  const byDefault = defaultOf(section, key);
  if (Object.hasOwn(choices, name)) return choices[name];
  if (formOf(section, key) !== undefined || noSwitches.has(name)) return undefined;
  if (byDefault === 0 || byDefault === 1) return [0, 1];
  return byDefault === '0' || byDefault === '1' ? ['0', '1'] : undefined;
}

/** The form of a setting's values; undefined where any of its type will do. */
export function formOf(section: string, key: string): Form | undefined {
  return Object.hasOwn(forms, `${section}.${key}`) ? forms[`${section}.${key}`] : undefined;
}
