import { randomUUID } from 'node:crypto';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Rule, Values } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { optionOf } from '../../engine/options.ts';
import { permits } from '../../engine/permissions.ts';
import { denied } from '../../engine/rules-of-batch.ts';
import type { DomainError } from '../../lib/errors.ts';
import { type Holder, reassign } from '../../rules/team.ts';
import { alike } from './details.ts';
import { assignedTo, type EventFacts, type Part, type Plan } from './facts.ts';

/*
 * An event of several users is a row for each of them. Whatever changes of one row changes of all, but for two things: who
 * is taken off or put on an event loses or gets a row of his own, and a row that is archived or brought back by itself
 * (team_events=instance) leaves the others and becomes an event of its own.
 */

function combined(ctx: Ctx): boolean {
  return optionOf(ctx, resourceOf(ctx, 'schedule_events'), 'team_events') === 'base';
}

function holderOf({ assignee_id: user }: Values): Holder {
  return typeof user === 'number' ? user : null;
}

/** Columns that are the same in every row of an event. */
function sharedOf(ctx: Ctx, values: Values): Values {
  const names = [...layoutOf(resourceOf(ctx, 'schedule_events')).stored.keys()].filter(
    (name) => name !== 'assignee_id',
  );
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

/** Plans what a candidate does to its event, and gives its own row the user, the team and the list of users. */
export function planEvent(candidate: Candidate, facts: EventFacts, ctx: Ctx): undefined {
  const { values, id } = candidate;
  const named = id === undefined ? undefined : facts.parts.get(id);
  const event = named?.event ?? [];
  const holder = holderOf(named?.values ?? {});
  const splits = event.length > 1 && !combined(ctx) && named?.values.active !== values.active;
  const asBefore = named !== undefined && alike(ctx, 'assigned_user_ids', values, named.values);
  const wanted = splits && asBefore && holder !== null ? [holder] : assignedTo(values);
  const holders = splits || named === undefined ? [holder] : event.map((part) => holderOf(part.values));
  const next = reassign(holders, holder, wanted);
  const team = splits ? null : (named?.values.team ?? null);
  values.assignee_id = next.named;
  values.assigned_user_ids = next.assigned;
  values.team = next.assigned.length > 1 ? (team ?? randomUUID()) : null;
  const leaves = ({ values: row }: Part): boolean => !splits && next.leave.includes(Number(row.assignee_id));
  const shared = sharedOf(ctx, values);
  const become = (part: Part): Values => {
    if (splits) return withoutUser(part.values, holder);
    return leaves(part) ? alone(part.values) : { ...part.values, ...shared };
  };
  const others = event.filter((part) => part !== named);
  facts.plans.set(candidate, {
    named,
    splits,
    changes: others
      .map((part) => [part, become(part)] as const)
      .filter(([part, row]) => !Object.keys(shared).every((name) => alike(ctx, name, part.values, row))),
    leaving: others.filter(leaves),
    joins: next.join.map((user) => ({ ...values, assignee_id: user })),
  });
  candidate.asOne = combined(ctx);
}

/** A row whose user was taken off: archived, and nobody else's any more. */
function alone(row: Values): Values {
  return { ...row, active: false, team: null, assigned_user_ids: [Number(row.assignee_id)] };
}

function withoutUser(row: Values, user: Holder): Values {
  const rest = assignedTo(row).filter((id) => id !== user);
  return { ...row, assigned_user_ids: rest, team: rest.length > 1 ? (row.team ?? null) : null };
}

/** Everybody whom the change concerns must be one whose schedule the actor manages. */
export function eachManaged(rule: Rule, candidate: Candidate, facts: EventFacts, ctx: Ctx): DomainError | undefined {
  const plan = facts.plans.get(candidate);
  const rows = plan === undefined ? [] : concerned(candidate, plan, ctx);
  if (rows.every((row) => permits(rule, ctx.actor, (column) => row[column]))) return undefined;
  const { create, update } = resourceOf(ctx, 'schedule_events').denied;
  return denied(candidate.before === undefined ? create : update);
}

/** The rows of those for whom anything changes; that others come or go changes nothing for who stays. */
function concerned({ values }: Candidate, { named, splits, leaving, joins }: Plan, ctx: Ctx): readonly Values[] {
  if (named === undefined) return [values, ...joins];
  const { values: own, event } = named;
  if (splits) return [own, values, ...joins];
  const lists = ['assigned_user_ids', 'team'];
  const names = Object.keys(sharedOf(ctx, values)).filter((name) => !lists.includes(name));
  if (!names.every((name) => alike(ctx, name, values, own)))
    return [values, ...joins, ...event.map((part) => part.values)];
  const moves = values.assignee_id === own.assignee_id ? [] : [own, values];
  return [...moves, ...joins, ...leaving.map((part) => part.values)];
}

/** Carries a plan out, so that later items of the batch see the event as it will be. */
export function acceptPlan(candidate: Candidate, facts: EventFacts): void {
  const plan = facts.plans.get(candidate);
  if (plan === undefined) return;
  const part = plan.named ?? newPart(candidate, [], facts);
  // A row that an earlier item would have changed by the way is written as this item's own.
  if (part.id !== undefined) part.writer?.also.updates.delete(part.id);
  part.writer = candidate;
  part.values = candidate.values;
  for (const [other, row] of plan.changes) {
    // In place: whoever writes the row writes this.
    Object.assign(other.values, row);
    if (other.writer !== undefined || other.id === undefined) continue;
    other.writer = candidate;
    candidate.also.updates.set(other.id, other.values);
  }
  const joined = plan.joins.map((values) => newPart(candidate, part.family, facts, values));
  candidate.also.inserts.push(...plan.joins);
  const before = part.event;
  const gone = (one: Part): boolean => (plan.splits ? one !== part : plan.leaving.includes(one));
  if (plan.splits) {
    const rest = before.filter(gone);
    for (const one of rest) one.event = rest;
  } else for (const one of plan.leaving) one.event = [one];
  const event = [...before.filter((one) => !gone(one)), ...joined];
  for (const one of event) one.event = event;
}

function newPart(writer: Candidate, family: Part[], facts: EventFacts, values: Values = writer.values): Part {
  const part: Part = { id: undefined, values, stored: undefined, writer, event: [], family };
  part.event.push(part);
  family.push(part);
  facts.families.add(family);
  return part;
}
