import { defineResource } from '../../engine/definition.ts';

const ofClient = (column: 'client_url' | 'name'): string => `(SELECT c.${column} FROM companies c WHERE c.id = t.id)`;

/** Companies that this one manages. Operators link them (`queries.ts`). Reference: 20-managed-clients.md. */
export const managedClients = defineResource({
  name: 'managed_clients',
  singular: 'managed client',
  says: 'A company that another one looks after. With its id in the header vnd.tsheets.ManagedClientId a request acts there.',
  spec: '20-managed-clients.md',
  table: 'managed_clients',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the managed company, for the header that acts in it.' },
    company_url: { type: 'text', mode: 'read-only', sql: ofClient('client_url'), says: 'Address of the company.' },
    company_name: { type: 'text', mode: 'read-only', sql: ofClient('name'), says: 'Name of the company.' },
    active: { type: 'boolean', mode: 'read-only', says: 'False when the company is not managed any more.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the company became a managed one.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When that was changed last.' },
  },
  filters: { active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' } },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [],
  verbs: new Set(['list']),
  allow: { view: { has: 'external_access' }, create: 'nobody', update: 'nobody', remove: 'nobody' },
  denied: { create: '', update: '', remove: '' },
});
