import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from './graphs.ts';
import { type Happening, type News, newsOf } from './news.ts';

test('customers are told what others did to their bookings', () => {
  const cases: [Happening, State, News | undefined][] = [
    ['create', 'confirmed', 'confirmed'],
    ['create', 'tentative', undefined],
    ['confirm', 'confirmed', 'confirmed'],
    ['pay', 'paid', 'confirmed'],
    ['timeout', 'unpaid', undefined],
    ['reschedule', 'confirmed', 'changed'],
    ['reschedule', 'paid', 'changed'],
    ['reschedule', 'tentative', undefined],
    ['cancel', 'cancelled', 'cancelled'],
    ['cancel_by_owner', 'cancelled_by_owner', 'cancelled'],
    ['cancel_by_customer', 'cancelled_by_customer', undefined],
    ['reschedule_by_customer', 'rescheduled_by_customer', undefined],
    ['decline', 'declined', 'declined'],
    ['complete', 'completed', undefined],
    ['delete', 'cancelled', undefined],
  ];
  for (const [happening, to, news] of cases) assert.equal(newsOf(happening, to), news, `${happening} ${to}`);
});
