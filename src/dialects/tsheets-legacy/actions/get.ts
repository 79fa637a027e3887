import type { Action, Answer, Params, Tree } from '../action.ts';
import { subjectOf } from '../people.ts';
import { type Facts, factsOf, type Property } from '../properties/facts.ts';
import { properties } from '../properties/index.ts';
import { invalid, required } from '../read.ts';

/** The properties that are asked for, by name, in the order in which they are asked for. */
function propertiesIn(params: Params): ReadonlyMap<string, Property> {
  const names = required(params, 'property')
    .split('|')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  if (names.length === 0) throw invalid('property', 'the name of a property');
  return new Map(
    names.map((name) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property === undefined) throw invalid('property', `any of ${Object.keys(properties).join('|')}`);
      return [name, property];
    }),
  );
}

function answer(params: Params, fields: Readonly<Record<string, Tree>>): Answer {
  return { message: `successfully retrieved properties: [${required(params, 'property')}]`, fields };
}

/** get: properties of the user, his company and his time, or of the time of another user. */
export const get: Action = async (call) => {
  const { params } = call;
  const asked = propertiesIn(params);
  const facts: Facts = factsOf(call, await subjectOf(call));
  const fields: Record<string, Tree> = {};
  for (const property of asked.values()) Object.assign(fields, await property(facts));
  return answer(params, fields);
};

/** What somebody who has not logged in may ask: whether he has. Undefined for everything else. */
export function getBeforeLogIn(params: Params): Answer | undefined {
  return params.get('property')?.trim() === 'logged_in' ? answer(params, { logged_in: false }) : undefined;
}
