import type { Item } from '../../engine/candidates.ts';
import { coerce, isBlank } from '../../engine/coerce.ts';
import type { Field, Value } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import {
  type ApprovalOrder,
  type ApprovalOutcome,
  moveApprovals,
  type PersonalOutcome,
  type Whose,
} from '../../operations/approvals.ts';
import { type ApprovalAction, approvalActions } from '../../rules/approvals.ts';
import { reasonOf } from './errors.ts';
import type { Handler } from './handlers.ts';
import { itemsOf } from './read.ts';

/** What one item may say. */
export const approvalFields = {
  action: { type: 'choice', mode: 'read-write', values: approvalActions, says: 'What is done.' },
  user_ids: { type: 'ids', mode: 'read-write', most: 200, says: 'To whose time.' },
  group_ids: { type: 'ids', mode: 'read-write', most: 200, says: 'To the time of the people of these groups.' },
  everyone: { type: 'boolean', mode: 'read-write', says: "To everyone's time." },
  to: { type: 'day', mode: 'read-write', says: 'Last day that is submitted or approved afterwards.' },
  reason: { type: 'text', mode: 'read-write', longest: 1000, says: 'Why.' },
} as const satisfies Record<string, Field>;

type Given = Partial<Record<keyof typeof approvalFields, Value>>;

/** POST /approvals, an addition to the reference: submits, approves, rejects or takes back the time of people. */
export const moveApprovalsHandler: Handler = async (ctx, request) => {
  const items = itemsOf(inList(request.body));
  const read = items.map(readOrder);
  const orders = read.flatMap((order) => (order instanceof DomainError ? [] : [order]));
  const outcomes = (orders.length === 0 ? [] : await moveApprovals(ctx, orders)).values();
  const results = read.map((order, index) => {
    const outcome = order instanceof DomainError ? order : (outcomes.next().value ?? []);
    return `"${index + 1}":${itemText(items[index], outcome)}`;
  });
  return `{"results":{"approvals":{${results.join(',')}}}}`;
};

/** A single item may stand alone. */
function inList(body: unknown): unknown {
  const data = isObject(body) ? body.data : undefined;
  return isObject(data) ? { data: [data] } : body;
}

function isObject(value: unknown): value is Item {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function readOrder(item: unknown): ApprovalOrder | DomainError {
  if (!isObject(item)) return new DomainError('invalid', 'Each item of data must be an object');
  const unknown = Object.keys(item).filter((name) => !Object.hasOwn(approvalFields, name));
  if (unknown.length > 0) return new DomainError('invalid', `Invalid params: ${unknown.join(',')}`);
  const given: Given = {};
  for (const [name, field] of Object.entries(approvalFields)) {
    const raw = item[name];
    if (isBlank(raw)) continue;
    const value = coerce(name, field, raw);
    if (value instanceof DomainError) return value;
    given[name as keyof typeof approvalFields] = value;
  }
  if (given.action === undefined) return new DomainError('missing', 'Missing required params: action');
  const whose = whoseOf(given);
  if (whose instanceof DomainError) return whose;
  return {
    action: given.action as ApprovalAction,
    whose,
    to: typeof given.to === 'string' ? given.to : undefined,
    reason: String(given.reason ?? '').trim(),
  };
}

function whoseOf({ user_ids: users, group_ids: groups, everyone }: Given): Whose | DomainError {
  const ids = (value: Value | undefined): number[] => (Array.isArray(value) ? value.map(Number) : []);
  const named: Whose[] = [
    ...(ids(users).length > 0 ? [{ users: ids(users) }] : []),
    ...(ids(groups).length > 0 ? [{ groups: ids(groups) }] : []),
    ...(everyone === true ? [{ everyone } as const] : []),
  ];
  const [whose] = named;
  if (whose !== undefined && named.length === 1) return whose;
  return new DomainError('invalid', 'Say whose time: give one of user_ids, group_ids and everyone.');
}

/** One item's answer: 200 where nobody was refused; in it each person's, by id. */
function itemText(item: unknown, outcome: ApprovalOutcome): string {
  const echo = isObject(item) ? Object.entries(item).filter(([name]) => Object.hasOwn(approvalFields, name)) : [];
  const whole = outcome instanceof DomainError ? outcome.detail : refusalsIn(outcome);
  const head = JSON.stringify({ ...statusOf(whole), ...Object.fromEntries(echo) });
  const people = outcome instanceof DomainError ? [] : outcome;
  return `${head.slice(0, -1)},"users":{${people.map(personText).join(',')}}}`;
}

function refusalsIn(people: readonly PersonalOutcome[]): string | undefined {
  const refused = people.filter(({ refusal }) => refusal !== undefined).length;
  return refused === 0 ? undefined : `${refused} of ${people.length} refused; see users.`;
}

function statusOf(extra: string | undefined): object {
  const code = extra === undefined ? 200 : 417;
  const message = code === 200 ? 'Updated' : reasonOf(code);
  return { _status_code: code, _status_message: message, ...(extra === undefined ? {} : { _status_extra: extra }) };
}

function personText({ userId, dates, refusal }: PersonalOutcome): string {
  const known = dates === undefined ? {} : { submitted_to: dates.submittedTo, approved_to: dates.approvedTo };
  return `"${userId}":${JSON.stringify({ ...statusOf(refusal?.detail), user_id: userId, ...known })}`;
}
