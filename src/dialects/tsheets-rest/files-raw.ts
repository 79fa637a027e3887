import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Ctx, resourceOf } from '../../engine/context.ts';
import { idsIn } from '../../engine/filters.ts';
import { layoutOf } from '../../engine/layout.ts';
import { lookup } from '../../engine/lookup.ts';
import { sendDownload } from '../../http/download.ts';
import { identifyingHeaders } from '../../http/identify.ts';
import { DomainError } from '../../lib/errors.ts';
import { epochOfPg } from '../../lib/time.ts';
import { contentOf } from '../../resources/files/content.ts';
import { errorBody } from './errors.ts';
import { queryOf } from './handlers.ts';
import { paramsOf } from './read.ts';

/** GET /files/raw: the bytes of one file. Reference: 10-files.md, Download a File. */
export async function rawFile(ctx: Ctx, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idOf(request);
  const files = resourceOf(ctx, 'files');
  const cells = (await lookup(ctx, files, [id])).get(id);
  const file = cells === undefined ? undefined : layoutOf(files).values(cells);
  if (file === undefined || file.active === false) {
    throw new DomainError('not-found', 'The file does not exist or was deleted');
  }
  const download = {
    name: String(file.file_name),
    size: Number(file.size),
    tag: String(file.sha256),
    vary: identifyingHeaders,
    modified: Math.floor(epochOfPg(String(file.created))),
    bytes: (from: number, to: number) => contentOf(ctx, id, from, to),
  };
  return sendDownload(request, reply, download, () =>
    errorBody(416, `The file has ${download.size} bytes, and the range lies outside`),
  );
}

/** The parameter `id`; lists are asked by `ids`, so that one id is understood as well. */
function idOf(request: FastifyRequest): number {
  const params = paramsOf(queryOf(request));
  const name = params.has('id') ? 'id' : params.has('ids') ? 'ids' : 'id';
  const [id, ...more] = idsIn(params, name);
  if (id === undefined) throw new DomainError('missing', 'id must be given', { field: 'id' });
  if (more.length > 0) throw new DomainError('invalid', `${name} must be one id`, { field: name });
  return id;
}
