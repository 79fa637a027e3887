import { idOf } from '../ids.ts';

/** What the examples speak of, by the numbers that the other doors know it by. A test sets up the firm with these numbers. */
export const firm = {
  dana: idOf('emp', 11),
  hannah: idOf('emp', 12),
  ben: idOf('emp', 13),
  office: idOf('dpt', 71),
  fieldService: idOf('dpt', 72),
  friday: idOf('shft', 501),
  monday: idOf('shft', 502),
} as const;
