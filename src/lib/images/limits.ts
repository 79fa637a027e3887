import { Flaw } from './flaw.ts';

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const longestSide = 32_000;
const mostPixels = 100_000_000;

/** Bytes behind the end of an image that mean nothing; zeros may be more, since some writers fill up to a whole block. */
const strayBytes = 16;
const mostPadding = 65_536;

/** Throws Flaw for an image without area, or with more than anybody can look at. */
export function demandSize({ width, height }: Size): void {
  if (width === 0 || height === 0) throw new Flaw('is an image without width or height');
  if (width > longestSide || height > longestSide || width * height > mostPixels) {
    throw new Flaw(
      `is ${width} by ${height} pixels; at most ${longestSide} a side and ${mostPixels} together are allowed`,
    );
  }
}

/** Throws Flaw for more behind the end of an image than a careless writer leaves there. */
export function demandNothingBehind(bytes: Buffer, end: number): void {
  const rest = bytes.length - end;
  if (rest <= strayBytes) return;
  if (rest <= mostPadding && bytes.subarray(end).every((byte) => byte === 0)) return;
  throw new Flaw(`holds ${rest} bytes behind the end of the image`);
}
