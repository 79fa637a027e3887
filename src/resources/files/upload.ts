import { hash } from 'node:crypto';
import { decodeBase64 } from '../../lib/base64.ts';
import { DomainError } from '../../lib/errors.ts';
import { type ImageType, inspectImage } from '../../lib/images/inspect.ts';

/** Bytes of a file at most: 20 MB. */
export const mostFileBytes = 20_971_520;

/** A file as it was sent, found to be good. */
export interface Upload {
  readonly bytes: Buffer;
  readonly type: ImageType;
  readonly sha256: string;
}

/** Other names under which the types of images are sent. */
const alsoCalled: Readonly<Record<string, ImageType>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/x-png': 'image/png',
};
/** Types that claim nothing. */
const anything = ['', 'application/octet-stream', 'binary/octet-stream'];
const longestStart = 256;

function invalid(why: string): DomainError {
  return new DomainError('invalid', `file_data ${why}`, { field: 'file_data' });
}

/** Reads file_data: a data URI, or plain base64. Gives a DomainError that says what is wrong with it. */
export async function readUpload(text: string): Promise<Upload | DomainError> {
  const start = startOf(text);
  if (start instanceof DomainError) return start;
  const bytes = await decodeBase64(text, start.length, mostFileBytes);
  if (bytes === 'invalid') return invalid('is not valid base64');
  if (bytes === 'too-large') return invalid(`is larger than 20 MB (${mostFileBytes} bytes)`);
  if (bytes.length === 0) return invalid('holds no bytes');
  const image = await inspectImage(bytes);
  if (typeof image === 'string') return invalid(image);
  if (start.type !== undefined && start.type !== image.type)
    return invalid(`says that it is ${start.type}, but it holds ${image.type}`);
  return { bytes, type: image.type, sha256: hash('sha256', bytes) };
}

/** What a data URI says before its data: the type, if it claims one, and how long that is. */
function startOf(text: string): { type: string | undefined; length: number } | DomainError {
  const blanks = /^\s*/.exec(text.slice(0, longestStart))?.[0].length ?? 0;
  if (!/^data:/i.test(text.slice(blanks, blanks + 5))) return { type: undefined, length: blanks };
  const match = /^data:([^,;\s]*)((?:;[^,;]*)*?);\s*base64\s*,/i.exec(text.slice(blanks, blanks + longestStart));
  if (match === null) return invalid('is a data URI that is not base64');
  const type = (match[1] ?? '').toLowerCase();
  return {
    type: anything.includes(type) ? undefined : (alsoCalled[type] ?? type.slice(0, 60)),
    length: blanks + match[0].length,
  };
}
