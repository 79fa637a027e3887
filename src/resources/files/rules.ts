import type { Ctx } from '../../engine/context.ts';
import type { Candidate, Touched, Written } from '../../engine/definition.ts';
import { DomainError } from '../../lib/errors.ts';
import type { ImageType } from '../../lib/images/inspect.ts';
import { keptFileName } from '../../rules/file-names.ts';
import { effectiveSettings } from '../effective-settings/queries.ts';
import { keepContent } from './content.ts';
import { readUpload, type Upload } from './upload.ts';

/** What the rules know about a batch of files. */
export interface FileFacts {
  /** What the new files hold, or why they are refused. */
  uploads: ReadonlyMap<Candidate, Upload | DomainError>;
  /** Whether the company uses files at all: the setting files.installed. */
  installed: boolean;
}

/** Reads what the new files hold, one after the other. */
export async function fileFacts(ctx: Ctx, candidates: readonly Candidate[]): Promise<FileFacts> {
  const { userId } = ctx.actor;
  const settings = (await effectiveSettings(ctx, [userId])).get(userId);
  const installed = Number(settings?.get('files', 'installed') ?? 1) !== 0;
  const uploads = new Map<Candidate, Upload | DomainError>();
  for (const candidate of candidates) {
    if (!installed || candidate.before !== undefined) continue;
    uploads.set(candidate, await readUpload(candidate.secrets.file_data ?? ''));
  }
  return { uploads, installed };
}

/** Fills in what the server itself knows about a file, and cleans its name. */
export function prepareFile(candidate: Candidate, facts: FileFacts, ctx: Ctx): DomainError | undefined {
  const { before, values, secrets } = candidate;
  if (before?.active === false) return new DomainError('not-found', 'The file does not exist or was deleted before');
  if (before === undefined) {
    if (!facts.installed) return new DomainError('invalid', 'Files are switched off: the setting files.installed is 0');
    const upload = facts.uploads.get(candidate);
    if (upload === undefined || upload instanceof DomainError) return upload;
    values.uploaded_by_user_id = ctx.actor.userId;
    values.size = upload.bytes.length;
    values.content_type = upload.type;
    values.sha256 = upload.sha256;
  } else if (secrets.file_data !== undefined) {
    return new DomainError('invalid', 'file_data can be set only when a file is added', { field: 'file_data' });
  }
  const name = keptFileName(String(values.file_name), values.content_type as ImageType);
  if (name === '') return new DomainError('invalid', 'file_name must hold the name of a file', { field: 'file_name' });
  values.file_name = name;
  return undefined;
}

/** Whether a file brings content that must be stored. */
export function bringsContent({ before }: Candidate): boolean {
  return before === undefined;
}

/** Stores the content of new files, in the transaction that makes their rows. */
export async function storeContent(
  { db, actor }: Ctx,
  written: readonly Written[],
  { uploads }: FileFacts,
): Promise<Touched> {
  const files = written.flatMap(({ candidate, id }) => {
    const upload = uploads.get(candidate);
    return upload === undefined || upload instanceof DomainError ? [] : [{ id, bytes: upload.bytes }];
  });
  await keepContent(db, actor.companyId, files);
  return new Map();
}
