import { isBlank, readInteger } from '../../../engine/coerce.ts';
import { type Ctx, resourceOf } from '../../../engine/context.ts';
import { lookup } from '../../../engine/lookup.ts';
import { DomainError } from '../../../lib/errors.ts';
import { hoursText } from '../../../lib/hours.ts';
import type { TableCell } from '../../../lib/table.ts';
import { type ProjectQuery, type ProjectTotals, projectTotals, type Sum } from '../../../reports/project/index.ts';
import { choiceIn, dayRange, knownIds, textsIn } from './filters.ts';
import type { Filters, Report } from './report.ts';
import { supplementalOf } from './supplemental.ts';

// The reference's own answer says both where nothing was asked.
const everyType = ['both', 'all'] as const;
/** Values of jobcode_type. */
export const jobcodeTypesOfReport = [
  ...everyType,
  'regular',
  'pto',
  'paid_break',
  'unpaid_break',
  'unpaid_time_off',
] as const;

/** Hours by people, groups, jobcodes and custom field items. Reference: 28-reports.md, Retrieve Project Report. */
export const projectReport: Report = {
  run: async (ctx, { data, supplemental }) => {
    const jobcodeType = choiceIn(data, 'jobcode_type', jobcodeTypesOfReport, 'both');
    const query: ProjectQuery = {
      ...dayRange(data),
      userIds: await knownIds(ctx, data, 'user_ids', 'users'),
      groupIds: await knownIds(ctx, data, 'group_ids', 'groups', { zero: true }),
      jobcodeIds: await knownIds(ctx, data, 'jobcode_ids', 'jobcodes', { zero: true }),
      jobcodeType: everyType.some((word) => word === jobcodeType) ? undefined : jobcodeType,
      values: await valuesIn(ctx, data),
    };
    const totals = await projectTotals(ctx, query);
    const carried = supplemental ? `,${await supplementalText(ctx, totals)}` : '';
    return {
      json: function* () {
        // Clients take the first part of the results for the report.
        yield `{"results":{"project_report":{"start_date":"${query.start}","end_date":"${query.end}","totals":`;
        yield totalsText(totals);
        yield `},"filters":${filtersText(query, jobcodeType)}}${carried}}`;
      },
      table: () => ({ name: `project-${query.start}-${query.end}`, head, rows: rowsOf(totals) }),
    };
  },
};

/** `customfielditems`: values by the id of their field. Throws DomainError. */
async function valuesIn(ctx: Ctx, data: Filters): Promise<Map<number, readonly string[]>> {
  const name = 'customfielditems';
  const raw = data[name];
  const values = new Map<number, readonly string[]>();
  if (isBlank(raw) || (Array.isArray(raw) && raw.length === 0)) return values;
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    throw new DomainError('invalid', `${name} must be an object of lists of values by custom field id`, {
      field: name,
    });
  }
  for (const [key, list] of Object.entries(raw as Filters)) {
    const id = readInteger(key) ?? 0;
    // A single value may hold commas.
    const texts = textsIn({ [`${name}.${id}`]: Array.isArray(list) ? list : [list] }, `${name}.${id}`);
    if (id < 1) throw unknownField([key]);
    if (texts.length > 0) values.set(id, texts);
  }
  const found = await lookup(ctx, resourceOf(ctx, 'customfields'), values.keys());
  const unknown = [...values.keys()].filter((id) => !found.has(id));
  if (unknown.length > 0) throw unknownField(unknown);
  return values;
}

function unknownField(keys: readonly (string | number)[]): DomainError {
  const named = keys.map((key) => String(key).slice(0, 40)).join(', ');
  return new DomainError('invalid', `customfielditems names customfields that do not exist: ${named}`, {
    field: 'customfielditems',
  });
}

function totalsText({ users, groups, jobcodes, customfields }: ProjectTotals): string {
  const fields = customfields.map(({ id, items }) => `"${id}":${sumsText(items)}`);
  return `{"users":${sumsText(users)},"groups":${sumsText(groups, hours)},"jobcodes":${sumsText(jobcodes)},"customfields":{${fields.join()}}}`;
}

/** Hours by id; texts everywhere in the reference but under groups, where they are numbers. */
function sumsText(sums: readonly Sum[], shown: (seconds: number) => string | number = hoursText): string {
  return `{${sums.map(({ id, seconds }) => `"${id}":${JSON.stringify(shown(seconds))}`).join()}}`;
}

function filtersText({ userIds, groupIds, jobcodeIds, values }: ProjectQuery, jobcodeType: string): string {
  return JSON.stringify({
    user_ids: userIds,
    group_ids: groupIds,
    jobcode_type: jobcodeType,
    customfielditems: Object.fromEntries(values),
    jobcode_ids: jobcodeIds.map(String),
  });
}

function supplementalText(ctx: Ctx, { users, jobcodes, customfields }: ProjectTotals): Promise<string> {
  const ids = (sums: readonly { readonly id: number }[]): number[] => sums.map(({ id }) => id);
  return supplementalOf(ctx, {
    users: ids(users),
    jobcodes: ids(jobcodes),
    customfields: ids(customfields),
    customfielditems: customfields.flatMap(({ items }) => ids(items)),
  });
}

const head = ['total_of', 'id', 'name', 'customfielditem_id', 'customfielditem', 'hours'];

function* rowsOf({ users, groups, jobcodes, customfields }: ProjectTotals): Generator<TableCell[]> {
  for (const [kind, sums] of Object.entries({ user: users, group: groups, jobcode: jobcodes })) {
    for (const { id, name, seconds } of sums) yield [kind, id, name, null, null, hours(seconds)];
  }
  for (const field of customfields) {
    for (const { id, name, seconds } of field.items) {
      yield ['customfield', field.id, field.name, id, name, hours(seconds)];
    }
  }
}

function hours(seconds: number): number {
  return Number(hoursText(seconds));
}
