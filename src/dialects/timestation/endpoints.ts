import { departments } from './departments/index.ts';
import { employees } from './employees/index.ts';
import type { Endpoint } from './handler.ts';
import { shifts } from './shifts/index.ts';

/** Every endpoint of the API. */
export const endpoints: readonly Endpoint[] = [...employees, ...departments, ...shifts];
