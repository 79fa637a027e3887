import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Values } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { endpointFault } from '../../rules/push-endpoint.ts';
import { secretBytes } from '../../rules/webhook-signature.ts';
import { sql } from '../../store/sql.ts';
import { eventActions, eventfulNames } from '../history/eventful.ts';

/** What the rules know about a batch of webhooks. */
export interface WebhookFacts {
  /** Client ids among those of the batch that are active applications of the company. */
  readonly applications: ReadonlySet<string>;
}

/** Which of the applications in a batch there are. */
export async function webhookFacts({ db, actor }: Ctx, candidates: readonly Candidate[]): Promise<WebhookFacts> {
  const named = candidates.map(({ values }) => String(values.client_id ?? '')).filter((id) => id !== '');
  if (named.length === 0) return { applications: new Set() };
  const rows = await db.rows(sql`
    SELECT client_id FROM oauth_apps
    WHERE company_id = ${actor.companyId} AND active AND client_id = ANY(${named}::text[])`);
  return { applications: new Set(rows.map(([id]) => String(id))) };
}

/** It acts as whoever makes it or lets it go on. */
export function prepareWebhook({ before, given, values }: Candidate, _: WebhookFacts, { actor }: Ctx): undefined {
  for (const name of ['resources', 'actions']) values[name] = namesIn(values[name]).join(',');
  values.url = String(values.url).trim();
  if (before === undefined) {
    values.user_id = actor.userId;
    values.state = 'active';
  } else if (given.has('active') && values.active === true && before.state !== 'active') {
    values.user_id = actor.userId;
    values.state = 'active';
  }
}

/** Whether a change lets a webhook begin anew: it hears of what happens from then on. */
export function begins(before: Values, now: Values): boolean {
  const works = ({ active, state }: Values): boolean => active === true && state === 'active';
  return works(now) && !works(before);
}

/** What must hold for every webhook. */
export function checkWebhook(candidate: Candidate, facts: WebhookFacts, ctx: Ctx): DomainError | undefined {
  const { before, given, values, secrets } = candidate;
  const fault = before?.url === values.url ? undefined : endpointFault(String(values.url), ctx.config.privateWebhooks);
  if (fault !== undefined) return refusal('url', `url ${fault}`);
  const unknown = (name: string, known: readonly string[]): string | undefined =>
    namesIn(values[name]).find((one) => one !== '*' && !known.includes(one));
  const resource = unknown('resources', eventfulNames(ctx.resources));
  if (resource !== undefined) {
    return refusal('resources', `resources ${JSON.stringify(resource)} is no resource whose changes are sent`);
  }
  if (unknown('actions', eventActions) !== undefined) {
    return refusal('actions', `actions must be *, or some of ${eventActions.join(', ')}`);
  }
  if (secrets.secret !== undefined && secretBytes(secrets.secret) === undefined) {
    return refusal('secret', 'secret must be whsec_ and 24 to 64 bytes in base64');
  }
  const clientId = String(values.client_id ?? '');
  if (given.has('client_id') && before === undefined && clientId !== '' && !facts.applications.has(clientId)) {
    return refusal('client_id', 'client_id is no active application of this company');
  }
  return undefined;
}

function refusal(field: string, detail: string): DomainError {
  return new DomainError('invalid', detail, { field });
}

/** The names in a list with commas; '*' where it is among them, or nothing is. */
export function namesIn(list: unknown): string[] {
  const names = String(list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length === 0 || names.includes('*') ? ['*'] : [...new Set(names)];
}
