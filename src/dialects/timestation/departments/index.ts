import type { Endpoint } from '../handler.ts';
import { listDepartments } from './read.ts';

/** Endpoints of departments. Reference: Departments. */
export const departments: readonly Endpoint[] = [{ method: 'GET', path: '/departments', handler: listDepartments }];
