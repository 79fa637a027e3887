import {
  actions,
  firstState,
  type Graph,
  graphs,
  isFinal,
  nextState,
  type State,
} from '../../../rules/bookings/graphs.ts';

/** The workflows of bookings as a table in Markdown: each state that something follows, and what leads where. */
export function workflowTable(): string {
  const rows = graphs.flatMap((graph) =>
    statesOf(graph).map((state, index) => {
      const steps = actions.flatMap((action) => {
        const to = nextState(graph, state, action);
        return to === undefined ? [] : [`${action} → \`${to}\``];
      });
      return `| ${index === 0 ? `\`${graph}\`` : ''} | \`${state}\` | ${steps.join(', ')} |`;
    }),
  );
  return ['| graph | state | actions |', '| --- | --- | --- |', ...rows].join('\n');
}

/** The states of a graph that something follows, from the one in which a booking begins. */
function statesOf(graph: Graph): State[] {
  const found = new Set<State | undefined>([firstState(graph)]);
  // A set gives what is added while it is gone through, too.
  for (const state of found) {
    for (const action of actions) if (state !== undefined) found.add(nextState(graph, state, action));
  }
  return [...found].filter((state) => state !== undefined && !isFinal(state)) as State[];
}
