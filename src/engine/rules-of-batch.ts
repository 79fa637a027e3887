import { DomainError } from '../lib/errors.ts';
import { type Ctx, resourceOf } from './context.ts';
import type { Candidate, Definition, Hooks, Values } from './definition.ts';
import { columnOf } from './layout.ts';
import { linksIn } from './links.ts';
import { lookup } from './lookup.ts';
import { permits } from './permissions.ts';

/** Candidates that passed every rule, and the refusals of the others by position. */
export interface Judged {
  accepted: Candidate[];
  refused: Map<number, DomainError>;
  facts: unknown;
}

/** A refusal for want of permission; every dialect knows the sentence's start. */
export function denied(what: string): DomainError {
  return new DomainError('forbidden', `Oops! You don't have permission to ${what}`);
}

/**
 * Applies permissions, references and the resource's hooks to a batch, in order, each item seeing those accepted before
 * it. The facts for the rules are loaded once for the whole batch.
 */
export async function judge(ctx: Ctx, definition: Definition, candidates: readonly Candidate[]): Promise<Judged> {
  const refused = await missingReferences(ctx, definition, candidates);
  // Each resource's hooks agree among themselves about the shape of their facts.
  const hooks = definition.hooks as unknown as Hooks<unknown> | undefined;
  const hopeful = candidates.filter(({ index }) => !refused.has(index));
  const facts = hooks === undefined || hopeful.length === 0 ? undefined : await hooks.facts(ctx, hopeful);
  const accepted: Candidate[] = [];
  for (const candidate of hopeful) {
    const refusal = deniedToWrite(ctx, definition, candidate) ?? applyHooks(hooks, candidate, facts, ctx);
    if (refusal === undefined) accepted.push(candidate);
    else refused.set(candidate.index, refusal);
  }
  if (hooks?.together === undefined || accepted.length === 0) return { accepted, refused, facts };
  const late = await hooks.together(ctx, accepted, facts);
  for (const [index, refusal] of late) refused.set(index, refusal);
  return { accepted: accepted.filter(({ index }) => !late.has(index)), refused, facts };
}

function applyHooks(
  hooks: Hooks<unknown> | undefined,
  candidate: Candidate,
  facts: unknown,
  ctx: Ctx,
): DomainError | undefined {
  if (hooks === undefined) return undefined;
  const unprepared = hooks.prepare?.(candidate, facts, ctx);
  if (unprepared !== undefined) return unprepared;
  for (const check of hooks.check ?? []) {
    const refusal = check(candidate, facts, ctx);
    if (refusal !== undefined) return refusal;
  }
  hooks.accept?.(candidate, facts);
  return undefined;
}

/** For an update both the row before and the row after must be permitted. */
function deniedToWrite(ctx: Ctx, definition: Definition, candidate: Candidate): DomainError | undefined {
  const { before, values } = candidate;
  const allowed =
    before === undefined
      ? permits(definition.allow.create, ctx.actor, (column) => values[column])
      : permits(definition.allow.update, ctx.actor, (column) => before[column]) &&
        permits(definition.allow.update, ctx.actor, (column) => values[column]);
  if (allowed) return undefined;
  return denied(before === undefined ? definition.denied.create : definition.denied.update);
}

/** A reference is valid only if the actor may see its target; one look-up for each resource referred to. */
async function missingReferences(
  ctx: Ctx,
  definition: Definition,
  candidates: readonly Candidate[],
): Promise<Map<number, DomainError>> {
  const refused = new Map<number, DomainError>();
  for (const { name, says, resource, idsIn } of referencesOf(definition)) {
    const idsOf = ({ given, values }: Candidate): readonly number[] => (given.has(name) ? idsIn(values) : []);
    const found = await lookup(ctx, resourceOf(ctx, resource), candidates.flatMap(idsOf));
    for (const candidate of candidates) {
      const missing = idsOf(candidate).find((id) => !found.has(id));
      if (missing === undefined || refused.has(candidate.index)) continue;
      refused.set(
        candidate.index,
        new DomainError('invalid', `${says} ${missing} does not exist`, { field: name, code: 'no-such-reference' }),
      );
    }
  }
  return refused;
}

interface Reference {
  /** The field, and how sentences call it. */
  readonly name: string;
  readonly says: string;
  readonly resource: string;
  readonly idsIn: (values: Values) => readonly number[];
}

function referencesOf(definition: Definition): Reference[] {
  return Object.entries(definition.fields).flatMap(([name, field]): Reference[] => {
    const column = columnOf(name, field);
    if (field.type === 'links') {
      return (field.values ?? []).map((resource) => ({
        name,
        says: `${name}.${resource}`,
        resource,
        idsIn: (values) => linksIn(values[column], resource),
      }));
    }
    if (field.references === undefined || field.sql !== undefined) return [];
    const idsIn = (values: Values): number[] => {
      const value = values[column];
      return Array.isArray(value) ? value.map(Number) : typeof value === 'number' ? [value] : [];
    };
    return [{ name, says: name, resource: field.references, idsIn }];
  });
}
