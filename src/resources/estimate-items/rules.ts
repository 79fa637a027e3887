import { type Ctx, resourceOf } from '../../engine/context.ts';
import type { Candidate, Definition, Touched, Values, Written } from '../../engine/definition.ts';
import { layoutOf } from '../../engine/layout.ts';
import { loadByIds, lookup } from '../../engine/lookup.ts';
import { DomainError } from '../../lib/errors.ts';
import type { Cells } from '../../store/db.ts';
import { type ActivityType, recordActivities } from '../project-activities/record.ts';

/** What the rules know about a batch of estimate items. */
export interface EstimateItemFacts {
  estimates: ReadonlyMap<number, Values>;
  fieldItems: ReadonlyMap<number, Values>;
}

function valuesById(definition: Definition, rows: ReadonlyMap<number, Cells>): Map<number, Values> {
  return new Map([...rows].map(([id, cells]) => [id, layoutOf(definition).values(cells)]));
}

/** Loads the estimates of the items and the custom field items that they name. */
export async function estimateItemFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<EstimateItemFacts> {
  const [estimates, fieldItems] = [resourceOf(ctx, 'estimates'), resourceOf(ctx, 'customfielditems')];
  const ofItems = await loadByIds(
    ctx,
    estimates,
    candidates.map(({ values }) => Number(values.estimate_id)),
  );
  const named = await lookup(
    ctx,
    fieldItems,
    candidates.map(({ values }) => Number(values.type_id ?? 0)).filter((id) => id > 0),
  );
  return { estimates: valuesById(estimates, ofItems), fieldItems: valuesById(fieldItems, named) };
}

/** An item belongs to the project of its estimate; whoever turns it to none takes its custom field item away. */
export function belong({ values, given }: Candidate, { estimates }: EstimateItemFacts): undefined {
  values.project_id = estimates.get(Number(values.estimate_id))?.project_id ?? 0;
  if (values.type === 'none' && given.has('type') && !given.has('type_id')) values.type_id = null;
}

/** Items of an archived estimate stay archived. */
export function ofActiveEstimate(
  { values, before }: Candidate,
  { estimates }: EstimateItemFacts,
): DomainError | undefined {
  if (values.active !== true || before?.active === true) return undefined;
  return estimates.get(Number(values.estimate_id))?.active === true
    ? undefined
    : new DomainError('invalid', `estimate_id ${values.estimate_id} is archived`, { field: 'estimate_id' });
}

/** An item is for the project as a whole, or for an active item of the custom field that is estimated by. */
export function typeFits({ values, before }: Candidate, facts: EstimateItemFacts): DomainError | undefined {
  const id = values.type_id;
  if (before !== undefined && before.type === values.type && before.type_id === id) return undefined;
  const refuse = (field: string, detail: string): DomainError =>
    new DomainError('invalid', `${field} ${detail}`, { field });
  if (values.type === 'none') return id === null ? undefined : refuse('type_id', 'must be 0 when type is none');
  const estimate = facts.estimates.get(Number(values.estimate_id));
  if (estimate?.estimate_by !== 'customfields')
    return refuse('type', 'must be none where the estimate is not by custom field');
  if (id === null) return refuse('type_id', 'must be given when type is tag_clouds');
  const item = facts.fieldItems.get(Number(id));
  if (item?.customfield_id !== estimate.estimate_by__id)
    return refuse('type_id', `${id} is no item of custom field ${estimate.estimate_by__id}`);
  return item?.active === true ? undefined : refuse('type_id', `${id} is archived`);
}

function whatHappened({ before, values }: Candidate): ActivityType | undefined {
  if (values.active === true) return before?.active === true ? 'estimate_item_updated' : 'estimate_item_added';
  return before?.active === true ? 'estimate_item_removed' : undefined;
}

/** Tells the project what became of its items. */
export async function tellProject(ctx: Ctx, written: readonly Written[]): Promise<Touched> {
  await recordActivities(
    ctx,
    written.flatMap(({ id, candidate }) => {
      const type = whatHappened(candidate);
      const projectId = Number(candidate.values.project_id);
      return type === undefined
        ? []
        : [{ projectId, userId: ctx.actor.userId, type, linked: { estimate_items: [id] } }];
    }),
  );
  return new Map();
}
