import { usersWith } from './definition.ts';
import { fields } from './fields.ts';
import { checkSecretsOfOthers } from './secrets.ts';

const byAdmins = { mode: 'read-write', writeBy: { has: 'admin' } } as const;

/**
 * The same users for doors through which a company keeps its staff: administrators set rates of pay, whoever may let somebody
 * in sets his password, and new people track time.
 */
export const staff = usersWith(
  {
    ...fields,
    pay_rate: { ...fields.pay_rate, ...byAdmins, least: 0 },
    pay_interval: { ...fields.pay_interval, ...byAdmins },
    permissions: { ...fields.permissions, byDefault: [...fields.permissions.byDefault, 'time_tracking'] },
  },
  checkSecretsOfOthers,
);
