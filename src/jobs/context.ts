import type { Ctx } from '../engine/context.ts';
import { resources } from '../resources/index.ts';
import { permissionNames } from '../rules/permissions.ts';
import type { JobRun } from './job.ts';

/** The server itself at work for a company: it may everything there, and the history names no user. */
export function serverCtx({ db, now, services }: JobRun, companyId: number, job: string): Ctx {
  return {
    actor: {
      companyId,
      userId: 0,
      permissions: new Set(permissionNames),
      managedGroupIds: [],
      managedUserIds: new Set(),
    },
    db,
    cache: services.cache,
    resources,
    now,
    via: `job ${job}`,
    requestId: '',
  };
}
