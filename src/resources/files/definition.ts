import { defineResource } from '../../engine/definition.ts';
import { linkedObjects, linkedTables, linkedToObjects, linkedToSeen, linkedToType, linkedTypes } from './links.ts';
import { type Reasons, removable, removalFacts, removeFiles } from './removal.ts';
import { bringsContent, type FileFacts, fileFacts, prepareFile, storeContent } from './rules.ts';

/** Images that are attached to other rows. Reference: 10-files.md. */
export const files = defineResource<FileFacts, Reasons>({
  name: 'files',
  singular: 'file',
  says: 'An image that is attached to timesheets or project notes. Its bytes are at /api/v1/files/raw.',
  spec: '10-files.md',
  table: 'files',
  fields: {
    id: { type: 'integer', mode: 'read-only', says: 'Id of the file.' },
    uploaded_by_user_id: { type: 'reference', mode: 'read-only', says: 'User who uploaded the file.' },
    file_name: {
      type: 'text',
      mode: 'read-write',
      required: true,
      says: 'Name of the file, with the extension of what it holds.',
    },
    active: { type: 'boolean', mode: 'read-only', byDefault: true, says: 'False for a deleted file.' },
    size: { type: 'integer', mode: 'read-only', says: 'Bytes.' },
    last_modified: { type: 'instant', mode: 'read-only', says: 'When the file or its links were changed last.' },
    created: { type: 'instant', mode: 'read-only', says: 'When the file was uploaded.' },
    linked_objects: {
      type: 'json',
      holds: { idsOf: linkedTables, asTexts: true },
      mode: 'read-only',
      sql: linkedObjects,
      says: 'Ids of the rows that it is attached to, by resource.',
    },
    meta_data: {
      type: 'record',
      mode: 'read-write',
      keys: {
        file_description: { type: 'text', mode: 'read-write', longest: 2_000, says: 'Description of the file.' },
        image_rotation: {
          type: 'integer',
          mode: 'read-write',
          oneOf: [0, 90, 180, 270],
          says: 'Degrees by which the image was turned: 0 top, 90 right, 180 bottom, 270 left.',
        },
      },
      says: 'What else is known about the file.',
    },
    file_data: {
      type: 'secret',
      mode: 'write-only',
      required: true,
      // What it holds is measured after it is decoded.
      longest: Number.POSITIVE_INFINITY,
      says: 'The image in base64, plain or as a data URI; only when adding a file.',
    },
  },
  columns: { content_type: 'text', sha256: 'text' },
  filters: {
    ids: { kind: 'ids', column: 'id' },
    uploaded_by_user_ids: {
      kind: 'ids',
      column: 'uploaded_by_user_id',
      anything: 0,
    },
    linked_object_type: {
      kind: 'choice-sql',
      says: 'Only files that are attached to objects of this kind.',
      values: linkedTypes,
      everything: 'all',
      byDefault: 'all',
      where: linkedToType,
    },
    object_ids: {
      kind: 'ids-sql',
      says: 'Only files that are attached to objects of these ids, of the kind in linked_object_type.',
      where: linkedToObjects,
    },
    active: { kind: 'yes-no-both', column: 'active', byDefault: 'yes' },
    modified_before: { kind: 'before', column: 'last_modified' },
    modified_since: { kind: 'since', column: 'last_modified' },
  },
  ownUnlessFiltered: { column: 'uploaded_by_user_id', by: ['uploaded_by_user_ids', 'ids', 'object_ids'] },
  sort: [{ sql: 't.id', type: 'integer' }],
  follow: [
    {
      resource: 'users',
      ids: (rows, at) => rows.map((cells) => Number(cells[at('uploaded_by_user_id')])),
    },
    {
      resource: 'timesheets',
      ids: (rows, at) => rows.flatMap((cells) => timesheetsIn(cells[at('linked_objects')] ?? '{}')),
    },
  ],
  busy: true,
  verbs: new Set(['list', 'create', 'update', 'remove']),
  allow: {
    view: { any: [{ self: 'uploaded_by_user_id' }, { manages: 'uploaded_by_user_id' }] },
    create: 'everyone',
    update: {
      any: [{ self: 'uploaded_by_user_id' }, { manages: 'uploaded_by_user_id' }, { has: 'manage_timesheets' }],
    },
    remove: {
      any: [{ self: 'uploaded_by_user_id' }, { manages: 'uploaded_by_user_id' }, { has: 'manage_timesheets' }],
    },
  },
  alsoSeen: linkedToSeen,
  refusals: { locked: 'It is attached to time that is approved, exported, locked or closed to payroll.' },
  denied: { create: 'upload files', update: 'edit that file', remove: 'delete that file' },
  hooks: { facts: fileFacts, prepare: prepareFile, derives: bringsContent, after: storeContent },
  removal: { facts: removalFacts, check: removable, remove: removeFiles },
});

function timesheetsIn(linkedText: string): number[] {
  const { timesheets = [] } = JSON.parse(linkedText) as { timesheets?: string[] };
  return timesheets.map(Number);
}
