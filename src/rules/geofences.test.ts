import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distanceBetween, nearestFence, type Point } from './geofences.ts';

const at = (latitude: number, longitude: number): Point => ({ latitude, longitude });
const halfAround = Math.PI * 6_371_008.8;

const distances: [what: string, Point, Point, metres: number][] = [
  ['a point and itself', at(43.67, -116.35), at(43.67, -116.35), 0],
  ['a degree along the equator', at(0, 0), at(0, 1), 111_195],
  ['a degree along a meridian', at(50, 10), at(51, 10), 111_195],
  ['a degree eastwards at 60° north', at(60, 0), at(60, 1), 55_597],
  ['across the antimeridian', at(0, 179.5), at(0, -179.5), 111_195],
  ['pole to pole', at(90, 0), at(-90, 0), halfAround],
  ['the pole, whatever its longitude', at(90, 0), at(90, 123), 0],
  ['points that face each other', at(12, 34), at(-12, -146), halfAround],
  ['London and Paris', at(51.5007, -0.1246), at(48.8584, 2.2945), 340_560],
  ['the airports JFK and LAX', at(40.6413, -73.7781), at(33.9416, -118.4085), 3_974_000],
];

for (const [what, one, other, metres] of distances) {
  test(`${what}: ${Math.round(metres)} m`, () => {
    const found = distanceBetween(one, other);
    assert.ok(Math.abs(found - metres) <= Math.max(1, metres * 0.001), String(found));
  });
}

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

test('a distance is the same in both directions, never negative, never more than half around the earth', () => {
  fc.assert(
    fc.property(point, point, (one, other) => {
      const there = distanceBetween(one, other);
      assert.ok(there >= 0 && there <= halfAround + 1e-6);
      assert.ok(Math.abs(there - distanceBetween(other, one)) < 1e-6);
    }),
  );
});

test('no way round is shorter', () => {
  fc.assert(
    fc.property(point, point, point, (one, between, other) => {
      const around = distanceBetween(one, between) + distanceBetween(between, other);
      assert.ok(distanceBetween(one, other) <= around + 1e-6);
    }),
  );
});

test('turning the earth changes no distance', () => {
  fc.assert(
    fc.property(point, point, fc.double({ min: -360, max: 360, noNaN: true }), (one, other, by) => {
      const turned = (place: Point): Point => at(place.latitude, place.longitude + by);
      assert.ok(Math.abs(distanceBetween(one, other) - distanceBetween(turned(one), turned(other))) < 0.1);
    }),
  );
});

const fence = (id: number, latitude: number, radius: number) => ({ id, latitude, longitude: 0, radius });
// A thousandth of a degree northwards is 111 m.
const fences: [what: string, Parameters<typeof nearestFence>[1], id: number | undefined, inside?: boolean][] = [
  ['no fence', [], undefined],
  ['within', [fence(1, 0, 150)], 1, true],
  ['in the middle', [fence(1, 0.001, 1)], 1, true],
  ['outside', [fence(1, 0, 100)], 1, false],
  ['the nearer one', [fence(1, 0.01, 100), fence(2, 0.002, 100)], 2, false],
  ['the one within, though the middle of another is nearer', [fence(1, 0.0015, 50), fence(2, 0, 120)], 2, true],
  ['of two alike the first made', [fence(7, 0, 100), fence(3, 0, 100)], 3, false],
];

for (const [what, all, id, inside] of fences) {
  test(`nearest fence: ${what}`, () => {
    const nearest = nearestFence(at(0.001, 0), all);
    assert.equal(nearest?.id, id);
    assert.equal(nearest?.inside, inside);
  });
}

test('a position on the border is inside', () => {
  const radius = distanceBetween(at(0, 0), at(0.001, 0));
  assert.deepEqual(nearestFence(at(0.001, 0), [{ id: 1, ...at(0, 0), radius }]), {
    id: 1,
    distance: radius,
    inside: true,
  });
});
