import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RateLimiter, TooManyRequests } from '../../src/http/rate-limit.ts';

function limiterAt(requests: number, milliseconds: number) {
  const time = { now: 0 };
  return { time, limiter: new RateLimiter({ requests, milliseconds }, () => time.now) };
}

test('never more than N requests are allowed in any window, and none is refused needlessly', () => {
  const steps = fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 300, noNaN: true })),
    {
      maxLength: 200,
    },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 200 }), steps, (most, window, gaps) => {
      const { time, limiter } = limiterAt(most, window);
      const allowed: number[] = [];
      for (const gap of gaps) {
        time.now += gap;
        const inWindow = allowed.filter((moment) => moment > time.now - window).length;
        const verdict = limiter.take('token');
        assert.equal(verdict.allowed, inWindow < most);
        if (verdict.allowed) allowed.push(time.now);
        assert.equal(verdict.remaining, verdict.allowed ? most - inWindow - 1 : 0);
      }
      for (const first of allowed) {
        const count = allowed.filter((moment) => moment >= first && moment < first + window).length;
        assert.ok(count <= most, `${count} requests in one window of ${most}`);
      }
    }),
  );
});

test('the border: at the very end of a window the next request is allowed, a millisecond earlier not', () => {
  const { time, limiter } = limiterAt(300, 300_000);
  for (let count = 0; count < 300; count += 1) assert.equal(limiter.take(1).allowed, true);
  time.now = 299_999;
  assert.deepEqual(limiter.take(1), { allowed: false, remaining: 0, retryAfter: 1 });
  time.now = 300_000;
  assert.deepEqual(limiter.take(1), { allowed: true, remaining: 299, retryAfter: 0 });
});

test('a fixed window would let twice the limit through across its border; this one does not', () => {
  const { time, limiter } = limiterAt(300, 300_000);
  const burst = (): number =>
    Array.from({ length: 300 }, () => limiter.take(1)).filter(({ allowed }) => allowed).length;
  time.now = 299_000;
  assert.equal(burst(), 300);
  time.now = 301_000;
  assert.equal(burst(), 0);
});

test('Retry-After is when a request is allowed again: waiting so long helps, a second less does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 9_000 }),
      fc.nat(8_999),
      (most, window, later) => {
        const { time, limiter } = limiterAt(most, window);
        for (let count = 0; count < most; count += 1) limiter.take('token');
        time.now = later % window;
        const { allowed, retryAfter } = limiter.take('token');
        assert.equal(allowed, false);
        assert.ok(Number.isInteger(retryAfter) && retryAfter >= 1);
        const asked = time.now;
        time.now = asked + (retryAfter - 1) * 1000;
        if (retryAfter > 1) assert.equal(limiter.take('token').allowed, false);
        time.now = asked + retryAfter * 1000;
        assert.equal(limiter.take('token').allowed, true);
      },
    ),
  );
});

test('a refused request is not counted: asking on and on does not put the end off', () => {
  const { time, limiter } = limiterAt(2, 1_000);
  limiter.take('token');
  limiter.take('token');
  for (time.now = 1; time.now < 1_000; time.now += 1) assert.equal(limiter.take('token').allowed, false);
  assert.equal(limiter.take('token').allowed, true);
});

test('tokens do not share a limit, and no limit means none', () => {
  const { limiter } = limiterAt(1, 1_000);
  assert.equal(limiter.take('a').allowed, true);
  assert.equal(limiter.take('b').allowed, true);
  assert.equal(limiter.take('a').allowed, false);
  const free = new RateLimiter(undefined, () => 0);
  for (let count = 0; count < 1_000; count += 1) assert.equal(free.take('a').allowed, true);
});

test('memory is bounded: very many tokens leave only the latest', () => {
  const { limiter } = limiterAt(1, 1_000);
  for (let token = 0; token < 30_000; token += 1) limiter.take(token);
  assert.equal(limiter.take(29_999).allowed, false);
  assert.equal(limiter.take(0).allowed, true);
});

test('the moments keep their order when the ring grows after it has wrapped around', () => {
  const { time, limiter } = limiterAt(40, 100);
  const burst = (count: number): number =>
    Array.from({ length: count }, () => limiter.take('token')).filter(({ allowed }) => allowed).length;
  burst(10);
  time.now = 50;
  burst(6);
  time.now = 100;
  assert.equal(burst(60), 34);
  time.now = 150;
  assert.equal(burst(60), 6);
  time.now = 199;
  assert.equal(burst(60), 0);
  time.now = 200;
  assert.equal(burst(60), 34);
});

test('TooManyRequests carries its Retry-After', () => {
  const error = new TooManyRequests(17);
  assert.deepEqual([error.kind, error.code, error.retryAfter], ['too-many', 'rate-limit', 17]);
});
