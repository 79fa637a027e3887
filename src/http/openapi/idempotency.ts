import { idempotencyHeader } from '../idempotency.ts';
import type { Parameter, Response } from './types.ts';

/** The header that every write takes. Each dialect names it among its parameters. */
export const idempotencyKey: Parameter = {
  name: idempotencyHeader,
  in: 'header',
  description:
    'Names the write, so that it can be sent again when its answer got lost: within 24 hours it is done once, and answered ' +
    'as the first time.',
  schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
};

/** Headers of an answer that may have been given before. */
export const replayedHeaders: NonNullable<Response['headers']> = {
  'Idempotent-Replayed': {
    description: '`true` where the answer is that of an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', const: 'true' },
  },
};
