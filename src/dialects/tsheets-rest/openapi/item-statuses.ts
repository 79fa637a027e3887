import type { Definition } from '../../../engine/definition.ts';
import type { ItemStatus } from '../../../http/openapi/types.ts';
import type { ErrorKind } from '../../../lib/errors.ts';
import { failureStatuses, touchedStatus } from '../quirks.ts';
import { oneOf } from './names.ts';

export type Verb = 'create' | 'update' | 'remove';

/** What `_status_code` of an item may say, and what it means for this resource. */
export function itemStatuses(definition: Definition, verb: Verb): ItemStatus[] {
  return [...successes(definition, verb), ...failures(definition, verb)];
}

/** Codes of items that succeeded. */
export function successCodes(definition: Definition, verb: Verb): number[] {
  return successes(definition, verb).map(({ code }) => code);
}

/** Codes of items that failed. */
export function failureCodes(definition: Definition, verb: Verb): number[] {
  return failures(definition, verb).map(({ code }) => code);
}

function successes({ name, singular, duplicates }: Definition, verb: Verb): ItemStatus[] {
  if (verb === 'remove') return [{ code: 200, means: `The ${singular} is deleted.` }];
  const done = verb === 'create' ? 'was made' : 'was changed';
  return [
    { code: 200, means: `The ${singular} ${done}.` },
    ...(touchedStatus(name) === 201
      ? [{ code: 201, means: `The ${singular} ${done}, and others changed with it: they stand in supplemental_data.` }]
      : []),
    ...(verb === 'create' && duplicates
      ? [
          {
            code: 202,
            means: `There is such ${oneOf(singular)} already; the answer shows it, and nothing was written.`,
          },
        ]
      : []),
  ];
}

function failures({ name, singular, refusals = {} }: Definition, verb: Verb): ItemStatus[] {
  const meanings = {
    ...usual(singular, verb),
    ...(verb === 'remove' ? { ...refusals, conflict: undefined } : refusals),
  };
  return [...failureStatuses(name, verb)].map(([code, kinds]) => {
    const means = kinds.flatMap((kind) => meanings[kind] ?? []);
    if (verb === 'update' && kinds.includes('conflict'))
      means.push(`Somebody else is changing the ${singular} at this moment.`);
    return { code, means: means.length === 0 ? 'The user does not track time.' : means.join(' ') };
  });
}

function usual(singular: string, verb: Verb): Partial<Record<ErrorKind, string>> {
  const verbs = { create: 'make', update: 'change', remove: 'delete' } as const;
  return {
    ...(verb === 'create' ? { missing: 'A required property is missing.' } : {}),
    ...(verb === 'remove' ? {} : { invalid: 'A value is not allowed, or an unknown property was sent.' }),
    forbidden: `The caller may not ${verbs[verb]} this ${singular}.`,
    'not-found':
      verb === 'create'
        ? 'What it refers to does not exist, or the caller can not see it.'
        : `There is no such ${singular}, or the caller can not see it.`,
    ...(verb === 'create' ? { conflict: `It clashes with another ${singular}.` } : {}),
  };
}
