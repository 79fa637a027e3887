import { departments } from './departments/index.ts';
import type { Endpoint } from './handler.ts';

/** Every endpoint of the API. */
export const endpoints: readonly Endpoint[] = [...departments];
