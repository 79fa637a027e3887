import { type Ctx, within } from '../engine/context.ts';
import { resources } from '../resources/index.ts';
import { permissionNames } from '../rules/permissions.ts';
import type { JobRun } from './job.ts';

/**
 * The server itself at work for a company: it may everything there, and the history names no user. Its facts are read
 * afresh in the transaction of the run.
 */
export function serverCtx(
  { db, now, services }: Pick<JobRun, 'db' | 'now' | 'services'>,
  companyId: number,
  job: string,
): Ctx {
  const actor = {
    companyId,
    userId: 0,
    permissions: new Set(permissionNames),
    managedGroupIds: [],
    managedUserIds: new Set<number>(),
    projectIds: new Set<number>(),
    colleagueIds: new Set<number>(),
  };
  const { cache, config } = services;
  return within({ actor, db, cache, config, resources, now, via: `job ${job}`, requestId: '' }, db);
}
