/** A point on the earth, in signed degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A circle on the earth; the radius in metres. */
export interface Fence extends Point {
  readonly id: number;
  readonly radius: number;
}

/** How a position lies to a fence. */
export interface FenceDistance {
  readonly id: number;
  /** Metres to the middle. */
  readonly distance: number;
  readonly inside: boolean;
}

/** Mean radius of the earth, in metres. */
const earthRadius = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Metres between two points along the surface of the earth taken as a sphere (off by 0.5 % at most). Vincenty's form, which
 * loses no digits where points lie close together or face each other.
 */
export function distanceBetween(one: Point, other: Point): number {
  const [from, to] = [radians(one.latitude), radians(other.latitude)];
  const eastwards = radians(other.longitude - one.longitude);
  const across = Math.cos(to) * Math.sin(eastwards);
  const up = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(eastwards);
  const along = Math.sin(from) * Math.sin(to) + Math.cos(from) * Math.cos(to) * Math.cos(eastwards);
  return earthRadius * Math.atan2(Math.hypot(across, up), along);
}

/**
 * The fence whose border is the nearest to a position, or that it lies deepest within; undefined without fences. A position
 * on the border is inside. Of equal ones the one with the smaller id.
 */
export function nearestFence(position: Point, fences: readonly Fence[]): FenceDistance | undefined {
  let nearest: (FenceDistance & { beyond: number }) | undefined;
  for (const { id, radius, ...middle } of fences) {
    const distance = distanceBetween(position, middle);
    const beyond = distance - radius;
    const nearer = nearest === undefined || beyond < nearest.beyond || (beyond === nearest.beyond && id < nearest.id);
    if (nearer) nearest = { id, distance, inside: beyond <= 0, beyond };
  }
  return nearest === undefined ? undefined : { id: nearest.id, distance: nearest.distance, inside: nearest.inside };
}
