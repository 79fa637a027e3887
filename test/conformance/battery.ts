import { after, before, describe } from 'node:test';
import type { Definition } from '../../src/engine/definition.ts';
import { resources } from '../../src/resources/index.ts';
import { openStage, type Stage } from '../support/stage.ts';
import { openWorld, type World } from '../support/world.ts';

/** Noon in Denver on 15 June 2026: the moment at which the battery's servers stand. */
export const now = Date.UTC(2026, 5, 15, 18) / 1000;

export type Verb = 'list' | 'create' | 'update' | 'remove';

/** Every definition that a client can reach. */
export const definitions: readonly Definition[] = [...resources.values()].filter(({ verbs }) => verbs.size > 0);

const notFound: Readonly<Record<string, Partial<Record<Verb, number>>>> = {
  // 31-timesheets.md
  timesheets: { update: 404, remove: 404 },
  // 33-time-off-requests.md, 34-time-off-request-entries.md
  time_off_requests: { update: 404 },
  time_off_request_entries: { update: 404 },
  // 10-files.md
  files: { update: 404, remove: 404 },
  // 21-notifications.md
  notifications: { remove: 404 },
};

/** `_status_code` of an item that is wrong, as the resource's page says under Status Codes. */
export function refusedStatus({ name }: Definition): 400 | 417 {
  const with400 = ['project_activity_read_times', 'project_activity_replies', 'project_notes'];
  return with400.includes(name) ? 400 : 417;
}

/** `_status_code` of a row that is not there, as the resource's page says under Status Codes. */
export function notFoundStatus(definition: Definition, verb: Verb): number {
  return notFound[definition.name]?.[verb] ?? refusedStatus(definition);
}

/** Definitions that offer all of these verbs. */
export function offering(...verbs: readonly Verb[]): readonly Definition[] {
  return definitions.filter((definition) => verbs.every((verb) => definition.verbs.has(verb)));
}

/** A server for the tests of one file. */
export function sharedWorld(): { world(): Promise<World> } {
  let opening: Promise<World> | undefined;
  const world = (): Promise<World> => {
    opening ??= openWorld({ shared: true, now });
    return opening;
  };
  before(async () => void (await world()));
  after(async () => (await world()).close());
  return { world };
}

/** Tests of each definition, with a company of its own. All companies are made, and prepared, at the same time. */
export function forEach(
  chosen: readonly Definition[],
  world: () => Promise<World>,
  tests: (definition: Definition, stage: () => Stage) => void,
  prepare?: (definition: Definition, stage: Stage) => Promise<void>,
): void {
  const stages = new Map<Definition, Stage>();
  before(async () => {
    await Promise.all(
      chosen.map(async (definition) => {
        const stage = await openStage(await world());
        stages.set(definition, stage);
        await prepare?.(definition, stage);
      }),
    );
  });
  for (const definition of chosen) {
    describe(definition.name, () => {
      tests(definition, () => {
        const stage = stages.get(definition);
        if (stage === undefined) throw new Error('The stage is not set yet');
        return stage;
      });
    });
  }
}
