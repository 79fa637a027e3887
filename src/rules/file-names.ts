import type { ImageType } from '../lib/images/inspect.ts';

const longest = 255;
/** Control characters, and those that turn the direction of a text around or can not be seen. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const imageExtension = /\.(?:png|jpe?g|jpe|jfif|gif|bmp|webp|heic|heif|avif|tiff?)$/i;
const fitting: Readonly<Record<ImageType, RegExp>> = { 'image/png': /\.png$/i, 'image/jpeg': /\.jpe?g$/i };
const usual: Readonly<Record<ImageType, string>> = { 'image/png': '.png', 'image/jpeg': '.jpg' };

/**
 * A client's name for a file as it is kept: its last part only, without unseen characters, at most 255 characters, with the
 * extension of what the file holds. Blank when nothing of the name is left. A name that was kept before stays as it is.
 */
export function keptFileName(name: string, type: ImageType): string {
  const last = name.normalize('NFC').replace(unseen, '').split(/[/\\]/).at(-1) ?? '';
  const plain = last.replace(/^[.\s]+|[.\s]+$/g, '');
  const whole = fitting[type].test(plain);
  const extension = whole ? (fitting[type].exec(plain)?.[0] ?? '') : usual[type];
  const base = (whole || imageExtension.test(plain) ? plain.replace(/\.[^.]*$/, '') : plain).replace(/[.\s]+$/, '');
  if (base === '') return '';
  return (
    [...base]
      .slice(0, longest - extension.length)
      .join('')
      .replace(/[.\s]+$/, '') + extension
  );
}
