import type { Ctx } from '../../engine/context.ts';
import type { Candidate } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { ownSettings } from '../effective-settings/queries.ts';

interface Known {
  name: string;
  shortCode: string;
  appliesTo: string;
}

/** The company's active custom fields, as the batch makes them. Fields that are new in it have negative ids. */
export interface CustomFieldFacts {
  active: Map<number, Known>;
  /** Timesheet fields that may be active at a time. */
  most: number;
}

/** Loads the active fields; a company has few. */
export async function customFieldFacts(ctx: Ctx): Promise<CustomFieldFacts> {
  const rows = await ctx.db.rows(
    sql`SELECT id, name, short_code, applies_to FROM customfields WHERE company_id = ${ctx.actor.companyId} AND active`,
  );
  const active = new Map<number, Known>();
  for (const [id, name, shortCode, appliesTo] of rows) {
    active.set(Number(id), {
      name: String(name).toLowerCase(),
      shortCode: String(shortCode).toLowerCase(),
      appliesTo: String(appliesTo),
    });
  }
  const settings = await ownSettings(ctx);
  return { active, most: Number(settings?.get('customfields', 'maximum_allowed_timesheet_custom_fields') ?? 6) };
}

function others({ id }: Candidate, { active }: CustomFieldFacts): Known[] {
  return [...active].flatMap(([other, known]) => (other === id ? [] : [known]));
}

/** A new field without a short code gets one of its name: letters and digits, numbered where that is taken. */
export function giveShortCode(candidate: Candidate, facts: CustomFieldFacts): undefined {
  const { values, before } = candidate;
  if (before !== undefined || values.short_code !== '') return;
  const stem =
    String(values.name)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
      .slice(0, 8) || 'field';
  const taken = new Set(others(candidate, facts).map(({ shortCode }) => shortCode));
  let code = stem;
  for (let number = 2; taken.has(code); number += 1) code = `${stem}${number}`;
  values.short_code = code;
}

/** Over this API fields for timesheets are made; others have other doors. */
export function timesheetFieldsOnly({ values, before }: Candidate): DomainError | undefined {
  return before === undefined && values.applies_to !== 'timesheet'
    ? new DomainError('invalid', 'applies_to must be timesheet', { field: 'applies_to' })
    : undefined;
}

/** Only timesheet fields can be shown for some jobcodes alone. */
export function shownToAll({ values }: Candidate): DomainError | undefined {
  return values.show_to_all === true || values.applies_to === 'timesheet'
    ? undefined
    : new DomainError('invalid', 'show_to_all can only be false for a timesheet field', { field: 'show_to_all' });
}

/** Among active fields the name is unique where it applies, and the short code in the company. */
export function uniqueAmongActive(candidate: Candidate, facts: CustomFieldFacts): DomainError | undefined {
  const { values } = candidate;
  if (values.active !== true) return undefined;
  const name = String(values.name).toLowerCase();
  const code = String(values.short_code).toLowerCase();
  for (const other of others(candidate, facts)) {
    if (other.name === name && other.appliesTo === values.applies_to)
      return new DomainError('conflict', 'Oops! A custom field with that name already exists', { field: 'name' });
    if (code !== '' && other.shortCode === code)
      return new DomainError('conflict', 'Oops! That Short Code is already in use', { field: 'short_code' });
  }
  return undefined;
}

/** No more than six timesheet fields are active at any time, or fewer where a setting says so. */
export function withinLimit(candidate: Candidate, facts: CustomFieldFacts): DomainError | undefined {
  const { values, before } = candidate;
  if (values.active !== true || before?.active === true || values.applies_to !== 'timesheet') return undefined;
  const count = others(candidate, facts).filter(({ appliesTo }) => appliesTo === 'timesheet').length;
  return count < facts.most
    ? undefined
    : new DomainError('invalid', `Oops! No more than ${facts.most} custom fields can be active`, {
        field: 'active',
      });
}

/** Later items of the batch see what this one makes. */
export function note({ id, index, values }: Candidate, { active }: CustomFieldFacts): void {
  const key = id ?? -1 - index;
  if (values.active !== true) active.delete(key);
  else {
    active.set(key, {
      name: String(values.name).toLowerCase(),
      shortCode: String(values.short_code).toLowerCase(),
      appliesTo: String(values.applies_to),
    });
  }
}
