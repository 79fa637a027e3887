import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImageType } from '../lib/images/inspect.ts';
import { keptFileName } from './file-names.ts';

test('keptFileName', () => {
  const cases: readonly [string, ImageType, string][] = [
    ['IMG_1.png', 'image/png', 'IMG_1.png'],
    ['IMG_1.JPG', 'image/jpeg', 'IMG_1.JPG'],
    ['photo.jpeg', 'image/jpeg', 'photo.jpeg'],
    ['photo.png', 'image/jpeg', 'photo.jpg'],
    ['photo.HEIC', 'image/jpeg', 'photo.jpg'],
    ['photo', 'image/png', 'photo.png'],
    ['v1.2', 'image/png', 'v1.2.png'],
    ['page.html', 'image/png', 'page.html.png'],
    ['../../etc/passwd', 'image/png', 'passwd.png'],
    ['C:\\temp\\a.png', 'image/png', 'a.png'],
    ['/a.png', 'image/png', 'a.png'],
    ['..', 'image/png', ''],
    ['a/', 'image/png', ''],
    ['.png', 'image/png', 'png.png'],
    [' . .a.png. . ', 'image/png', 'a.png'],
    ['a\r\nSet-Cookie: x.png', 'image/png', 'aSet-Cookie: x.png'],
    ['gpj.\u202egnp.jpg', 'image/jpeg', 'gpj.gnp.jpg'],
    ['a\0b\u007f\u200b.png', 'image/png', 'ab.png'],
    ['"quoted".png', 'image/png', '"quoted".png'],
    ['Bau\u0308stelle.png', 'image/png', 'Baüstelle.png'],
    ['現場 写真.jpg', 'image/jpeg', '現場 写真.jpg'],
    [`${'x'.repeat(300)}.png`, 'image/png', `${'x'.repeat(251)}.png`],
    ['x'.repeat(255), 'image/jpeg', `${'x'.repeat(251)}.jpg`],
  ];
  for (const [sent, type, kept] of cases) assert.equal(keptFileName(sent, type), kept, JSON.stringify(sent));
});

test('a name that was kept stays as it is, and never leads anywhere', () => {
  const texts = fc.string({
    unit: fc.constantFrom('a', 'É', '.', '/', '\\', ' ', '\n', '\u202e', '.png', '.jpg', '😀'),
    maxLength: 300,
  });
  fc.assert(
    fc.property(texts, fc.constantFrom<ImageType>('image/png', 'image/jpeg'), (text, type) => {
      const kept = keptFileName(text, type);
      assert.equal(keptFileName(kept, type), kept);
      assert.doesNotMatch(kept, /[/\\\n\u202e]|^\./);
      assert.ok([...kept].length <= 255);
    }),
  );
});
