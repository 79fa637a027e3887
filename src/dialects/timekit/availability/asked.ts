import type { SlotQuery } from '../../../reports/availability/find.ts';
import { termsOfPage } from '../../../reports/availability/pages.ts';
import { type BookingPage, pageByUuid } from '../../../resources/booking-pages/queries.ts';
import { readTerms, type Terms } from '../../../rules/availability/terms.ts';
import type { Call } from '../call.ts';
import { NotFound } from '../validation.ts';
import { Refusals } from './errors.ts';
import { mostPeople, type Person, peopleNamed, peopleOf } from './people.ts';
import { searchIn } from './search.ts';

/** A search as it was asked for. */
export interface Asked {
  readonly query: SlotQuery;
  readonly people: ReadonlyMap<number, Person>;
  /** The zone of the answer. */
  readonly zone: string;
}

/**
 * Reads a search for availability: what the project says, and over it what the request says. The constraints of both hold.
 * Throws Invalid, which names every field at fault, or NotFound for a project. Reference: timekit-v2.md, Availability.
 */
export async function askedOf(call: Call): Promise<Asked> {
  const { body } = call;
  const refusals = new Refusals();
  const page = await pageOf(call, body.project_id);
  const ofPage = page === undefined ? { terms: {}, lists: [] } : termsOfPage(page);
  const { terms: own, errors } = readTerms(body);
  refusals.addAll(errors);
  const people = await peopleIn(call, page, body.resources, refusals);
  const terms: Terms = { ...ofPage.terms, ...own };
  const zone = terms.outputZone ?? call.zone;
  const [from, to] = [terms.from ?? 'now', terms.to ?? '4 weeks'];
  const zones = { answer: zone, person: people[0]?.timezone };
  const search = searchIn(call, { field: 'from', text: from }, { field: 'to', text: to }, zones, refusals);
  refusals.done();
  const length = terms.length === undefined ? 3600 : terms.length;
  return {
    zone,
    people: new Map(people.map((person) => [person.userId, person])),
    query: {
      appId: call.app.id,
      userIds: people.map(({ userId }) => userId),
      search,
      buffer: terms.buffer ?? 0,
      ignoreAllDay: terms.ignoreAllDay ?? false,
      lists: [...ofPage.lists, own.constraints ?? []],
      mode: terms.mode ?? 'roundrobin_random',
      plan: { length, step: terms.step ?? length ?? 3600, grid: terms.grid ?? 60 },
    },
  };
}

async function pageOf({ ctx, app }: Call, uuid: unknown): Promise<BookingPage | undefined> {
  if (uuid === undefined || uuid === null) return undefined;
  const page = typeof uuid === 'string' ? await pageByUuid(ctx.db, app, uuid) : undefined;
  if (page === undefined) throw new NotFound('Project');
  return page;
}

/** Whom the request names, in its order; those of the project where it names nobody. */
async function peopleIn(
  call: Call,
  page: BookingPage | undefined,
  named: unknown,
  refusals: Refusals,
): Promise<readonly Person[]> {
  if (named === undefined || named === null) {
    if (page !== undefined) return peopleOf(call, page.userIds);
    refusals.add('resources', 'The resources field is required when project_id is not present.');
    return [];
  }
  const problem = problemWith(named);
  if (problem !== undefined) {
    refusals.add('resources', `The resources ${problem}.`);
    return [];
  }
  const { people, unknown } = await peopleNamed(call, named as readonly string[]);
  const strangers = people.filter(({ userId }) => page?.userIds.includes(userId) === false).map(({ id }) => id);
  for (const id of [...unknown, ...strangers])
    refusals.add('resources', `The resource ${id.slice(0, 40)} does not exist.`);
  return people;
}

function problemWith(named: unknown): string | undefined {
  if (!Array.isArray(named) || !named.every((id) => typeof id === 'string')) return 'must be an array of ids';
  if (named.length === 0) return 'must not be empty';
  return named.length > mostPeople ? `may not be more than ${mostPeople}` : undefined;
}
