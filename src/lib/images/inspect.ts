import { demandNothingEmbedded } from './embedded.ts';
import { Flaw } from './flaw.ts';
import { inspectJpeg, jpegSignature } from './jpeg.ts';
import type { Size } from './limits.ts';
import { inspectPng, pngSignature } from './png.ts';

/** Media types of the images that are recognised. */
export type ImageType = 'image/png' | 'image/jpeg';

export interface Image extends Size {
  readonly type: ImageType;
}

/** What kind of image bytes begin as, by the bytes alone; undefined for anything else. */
export function imageTypeOf(bytes: Buffer): ImageType | undefined {
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return 'image/png';
  if (bytes.subarray(0, jpegSignature.length).equals(jpegSignature)) return 'image/jpeg';
  return undefined;
}

/**
 * Reads an image to its end. Gives what it is, or why it is not accepted: a text that goes on where the name of the thing
 * leaves off, such as "is a PNG that is cut off". Memory beyond the bytes themselves stays small whatever they hold.
 */
export async function inspectImage(bytes: Buffer): Promise<Image | string> {
  const type = imageTypeOf(bytes);
  if (type === undefined) return 'is neither a PNG nor a JPEG image';
  try {
    const { width, height } = type === 'image/png' ? await inspectPng(bytes) : await inspectJpeg(bytes);
    await demandNothingEmbedded(bytes);
    return { type, width, height };
  } catch (error) {
    if (error instanceof Flaw) return error.message;
    throw error;
  }
}
