import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { idsIn, type Params, textOf } from '../../../engine/filters.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { localDay, parseDay } from '../../../lib/time.ts';
import { effectiveSettings, type SettingsReader } from '../../../resources/effective-settings/queries.ts';
import { closedTime, isClosed } from '../../../resources/payroll-closings/closed-time.ts';
import { nthPeriod, payScheduleOf } from '../../../rules/pay-periods.ts';
import { type Handler, queryOf } from '../handlers.ts';
import { paramsOf } from '../read.ts';

const most = 100;

/**
 * GET /pay_periods: the pay periods of a user, oneself unless `user_id` names another, by the settings that apply to him.
 * `count` of them (1), beginning with the one `n` after (before where negative) that of `date` (today). An addition to the
 * reference.
 */
export const payPeriods: Handler = async (ctx, request) => {
  const params = paramsOf(queryOf(request));
  const userId = idsIn(params, 'user_id').at(-1) ?? ctx.actor.userId;
  const settings = await settingsOf(ctx, userId);
  const today = localDay(String(settings.get('general', 'tz')), ctx.now);
  const day = dayIn(params) ?? today;
  const n = wholeNumber(params, 'n', 0, -most, most);
  const count = wholeNumber(params, 'count', 1, 1, most);
  const schedule = payScheduleOf(settings);
  const closed = (await closedTime(ctx, [userId])).get(userId);
  const shown: Record<string, unknown> = {};
  for (let index = 0; index < count; index += 1) {
    const period = nthPeriod(schedule, day, n + index);
    shown[index + 1] = {
      start_date: period.start,
      end_date: period.end,
      current: period.start <= today && today <= period.end,
      closed: isClosed(closed, period),
    };
  }
  return JSON.stringify({ results: { pay_periods: shown } });
};

async function settingsOf(ctx: Ctx, userId: number): Promise<SettingsReader> {
  const seen = await lookup(ctx, resourceOf(ctx, 'users'), [userId]);
  const settings = seen.has(userId) ? (await effectiveSettings(ctx, [userId])).get(userId) : undefined;
  if (settings === undefined) {
    throw new DomainError('invalid', `user_id ${userId} does not exist`, {
      field: 'user_id',
      code: 'no-such-reference',
    });
  }
  return settings;
}

function dayIn(params: Params): string | undefined {
  const text = textOf(params, 'date')?.trim();
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day === undefined || day < '1970-01-01' || day > '2199-12-31') {
    throw new DomainError('invalid', 'date must be a date in the form YYYY-MM-DD', { field: 'date' });
  }
  return day;
}

function wholeNumber(params: Params, name: string, byDefault: number, least: number, greatest: number): number {
  const text = textOf(params, name)?.trim();
  if (text === undefined) return byDefault;
  if (!/^-?\d{1,4}$/.test(text) || Number(text) < least || Number(text) > greatest) {
    throw new DomainError('invalid', `${name} must be a whole number from ${least} to ${greatest}`, { field: name });
  }
  return Number(text);
}
