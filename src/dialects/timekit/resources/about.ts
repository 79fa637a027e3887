import type { About } from '../openapi/about.ts';
import { searchBy } from '../openapi/parameters.ts';
import { listOf, ref } from '../openapi/words.ts';
import { searchKeys } from './handlers.ts';
import { resourceIncludes } from './schemas.ts';

const tag = 'Resources';
/** What `include` may name where a resource is answered. */
export const resourceInclude: readonly string[] = [...Object.keys(resourceIncludes), 'calendars.events'];

const ofResources = {
  list: {
    name: 'listResources',
    tag,
    summary: 'List resources',
    text: 'Active users of the company, in the order in which they were made; with the key of a resource, that one alone.',
    query: [searchBy('Case does not count; `*` at either end stands for anything.', searchKeys, 'name:hannah*')],
    include: resourceInclude,
    data: listOf(ref('Resource')),
    paged: true,
  },
  create: {
    name: 'createResource',
    tag,
    summary: 'Create a resource',
    text: 'Makes a user who tracks time. Without `email` he has a random user name, without `password` he can not sign in.',
    include: resourceInclude,
    body: ref('ResourceInput'),
    data: ref('NewResource'),
    creates: true,
  },
  getOwn: {
    name: 'getOwnResource',
    tag,
    summary: 'Get the resource of the key',
    text: 'Whom the key acts as: with an app token the owner of the application.',
    include: resourceInclude,
    data: ref('Resource'),
  },
  updateOwn: {
    name: 'updateOwnResource',
    tag,
    summary: 'Update the resource of the key',
    body: ref('ResourceChange'),
  },
  resetPassword: {
    name: 'resetResourcePassword',
    tag,
    summary: 'Reset a password',
    text: 'Mails the resource a link by which to choose a password. An address that nobody has gets the same answer.',
    body: ref('ResetInput'),
    data: ref('Reset'),
  },
  timezone: {
    name: 'getResourceTimezone',
    tag,
    summary: 'Get the time zone of a resource',
    params: { email: { type: 'string', description: 'Email address of the resource.' } },
    data: ref('ResourceTimezone'),
  },
  get: { name: 'getResource', tag, summary: 'Get a resource', include: resourceInclude, data: ref('Resource') },
  update: { name: 'updateResource', tag, summary: 'Update a resource', body: ref('ResourceChange') },
  remove: {
    name: 'deleteResource',
    tag,
    summary: 'Delete a resource',
    text: 'Archives the user: nobody can book him any more, and the bookings that he has stay.',
  },
} as const satisfies Readonly<Record<string, About>>;

export type Calls = Readonly<Record<keyof typeof ofResources, About>>;

/** The calls under Timekit's first name of resources, which was users. */
function old(calls: Calls): Calls {
  const renamed = Object.entries(calls).map(([call, { text, ...about }]) => {
    const note = `An old name of \`${about.name}\`.`;
    const name = about.name.replace('Resource', 'User');
    return [call, { ...about, name, oldNameOf: about.name, text: text === undefined ? note : `${text} ${note}` }];
  });
  return Object.fromEntries(renamed) as Calls;
}

export const about: Readonly<Record<'/resources' | '/users', Calls>> = {
  '/resources': ofResources,
  '/users': old(ofResources),
};
