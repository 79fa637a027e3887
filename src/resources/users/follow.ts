import type { Follow } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import type { Cell } from '../../store/db.ts';

/** Jobcodes of the balances and groups of users, carried along with lists of users. */
export const follow: readonly Follow[] = [
  {
    resource: 'jobcodes',
    ids: (rows, at) => {
      const position = at('pto_balances');
      // Users of a company have the same jobcodes: most texts are equal.
      const texts = new Set<Cell>(rows.map((cells) => cells[position] ?? null));
      return [...texts].flatMap((text) => Object.keys(JSON.parse(text ?? '{}') as object).map(Number));
    },
  },
  {
    resource: 'groups',
    ids: (rows, at) => {
      const [group, managed] = [at('group_id'), at('manager_of_group_ids')];
      return rows.flatMap((cells) => [Number(cells[group] ?? 0), ...idsOf(cells[managed])]);
    },
  },
];
