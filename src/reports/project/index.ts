import type { Ctx } from '../../engine/context.ts';
import { projectSums } from './queries.ts';

/** What the report is about; an empty list or map means no restriction. */
export interface ProjectQuery {
  /** 'YYYY-MM-DD', both counted. */
  readonly start: string;
  readonly end: string;
  readonly userIds: readonly number[];
  /** 0 is no group. */
  readonly groupIds: readonly number[];
  /** Jobcodes with all below them; 0 is no jobcode. */
  readonly jobcodeIds: readonly number[];
  /** Undefined: every type. */
  readonly jobcodeType: string | undefined;
  /** Values of custom fields, one of which must be that of the timesheet, whatever their case. */
  readonly values: ReadonlyMap<number, readonly string[]>;
}

/** Seconds of one person, group, jobcode or item; the id 0 stands for none. */
export interface Sum {
  readonly id: number;
  readonly name: string;
  readonly seconds: number;
}

export interface FieldSums {
  readonly id: number;
  readonly name: string;
  readonly items: readonly Sum[];
}

/** Closed time by what it was for; lists are in the order of ids. */
export interface ProjectTotals {
  readonly users: readonly Sum[];
  readonly groups: readonly Sum[];
  readonly jobcodes: readonly Sum[];
  readonly customfields: readonly FieldSums[];
}

/**
 * The time that the caller may see, by people, by the groups they are in now, by jobcodes, and by the values of every custom
 * field of timesheets. One statement.
 */
export async function projectTotals(ctx: Ctx, query: ProjectQuery): Promise<ProjectTotals> {
  const sums = await projectSums(ctx, query);
  const of = (kind: string): Sum[] => sums.filter((sum) => sum.kind === kind).map(plain);
  const users = of('user');
  const all = users.reduce((total, { seconds }) => total + seconds, 0);
  // Without any time there is nothing to be broken down.
  const fields = users.length === 0 ? [] : of('customfield');
  const customfields = fields.map(({ id, name }): FieldSums => {
    const items = sums.filter((sum) => sum.kind === 'customfielditem' && sum.fieldId === id).map(plain);
    const rest = all - items.reduce((total, { seconds }) => total + seconds, 0);
    const none = { id: 0, name: '', seconds: rest };
    return { id, name, items: rest > 0 || items.length === 0 ? [none, ...items] : items };
  });
  return { users, groups: of('group'), jobcodes: of('jobcode'), customfields };
}

function plain({ id, name, seconds }: Sum): Sum {
  return { id, name, seconds };
}
