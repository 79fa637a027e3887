import { type Actor, may } from '../../../engine/context.ts';
import { denied } from '../../../engine/rules-of-batch.ts';
import { peopleNow } from '../../../reports/current-totals/people.ts';
import { secondsOf } from '../../../reports/current-totals/time.ts';
import type { Tree } from '../action.ts';
import type { Facts, Property } from './facts.ts';
import { totalOf } from './time.ts';

/** Whether somebody sees the time of everyone by a permission. */
function seesTime(actor: Actor): boolean {
  return may(actor, 'manage_timesheets') || may(actor, 'approve_timesheets') || may(actor, 'reports');
}

/**
 * who_is_working: everyone, with what those work on who are on the clock, and how long those worked who did so today.
 * Managers of groups without status_box see their own; whoever manages nobody is shown no times where the settings hide them.
 */
export async function whoIsWorking(facts: Facts): ReturnType<Property> {
  const { ctx } = facts.call;
  const { actor } = ctx;
  const whole = may(actor, 'status_box');
  if (!whole && !seesTime(actor) && actor.managedUserIds.size === 0) throw denied('see who is working');
  const people = await peopleNow(ctx, { userIds: [], groupIds: [], onTheClock: 'both', whole });
  const seconds = await secondsOf(ctx, people);
  const hidden = (await facts.settings())?.isOn('general', 'hide_working_time') === true && !seesTime(actor);
  return {
    who_is_working: people.map(({ userId, username, firstName, lastName, open }): Tree => {
      const day = seconds.get(userId)?.day ?? 0;
      const shown = !hidden || actor.managedUserIds.has(userId);
      return {
        user_id: userId,
        username,
        fname: firstName,
        lname: lastName,
        working: open !== undefined,
        ...(open === undefined ? {} : { job_code_id: open.jobcodeId, job_code_name: open.jobcodeName }),
        ...(shown && (day > 0 || open !== undefined) ? totalOf('day_total', day) : {}),
      };
    }),
  };
}
