import { defineResource } from '../../engine/definition.ts';
import { idsOf } from '../../engine/layout.ts';
import { DomainError } from '../../lib/errors.ts';
import { sql } from '../../store/sql.ts';
import { type GroupFacts, groupFacts, newManagers } from './facts.ts';
import { changePeople } from './members.ts';

/** Groups of users and the people who manage them. Reference: 13-groups.md. */
export const groups = defineResource<GroupFacts>({
  name: 'groups',
  singular: 'group',
  says: 'A group of people, with those who manage it. Nobody is in more than one group.',
  spec: '13-groups.md',
  table: 'groups',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the group.' },
    active: { type: 'boolean', mode: 'read-write', byDefault: true, says: 'False for an archived group.' },
    name: { type: 'text', mode: 'read-write', required: true, longest: 64, says: 'Name of the group.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the group was changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the group was created.' },
    manager_ids: { type: 'ids', mode: 'read-write', references: 'users', says: 'Users who may manage the group.' },
  },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    // The reference's own example spells it so.
    id: { kind: 'ids', column: 'id' },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    manager_ids: {
      kind: 'ids-sql',
      says: 'Only groups that one of these users manages.',
      where: (ids) => sql`t.manager_ids && ${ids}::int[]`,
    },
    name: { kind: 'texts', column: 'name', folded: true },
    names: { kind: 'texts', column: 'name', folded: true },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [{ resource: 'users', ids: (rows, at) => rows.flatMap((cells) => idsOf(cells[at('manager_ids')])) }],
  cached: true,
  verbs: new Set(['list', 'create', 'update']),
  allow: { view: 'everyone', create: { has: 'manage_users' }, update: { has: 'manage_users' }, remove: 'nobody' },
  refusals: { conflict: 'The name is taken.' },
  denied: { create: 'create groups', update: 'edit groups', remove: 'delete groups' },
  hooks: {
    facts: groupFacts,
    check: [
      ({ id, values, given, before }, { namesInUse }) => {
        const owner = namesInUse.get(String(values.name).toLowerCase());
        if (owner === undefined || owner === id || (!given.has('name') && before !== undefined)) return undefined;
        return new DomainError('conflict', `Oops! A group is called ${JSON.stringify(values.name)} already`, {
          field: 'name',
        });
      },
      (candidate, { archivedUsers }) => {
        const archived = newManagers(candidate).find((id) => archivedUsers.has(id));
        if (archived === undefined) return undefined;
        return new DomainError('invalid', `manager_ids ${archived} is an archived user`, { field: 'manager_ids' });
      },
    ],
    accept: ({ id, values }, { namesInUse }) => namesInUse.set(String(values.name).toLowerCase(), id ?? -1),
    after: changePeople,
  },
});
