import { moveApprovalsHandler } from './approvals.ts';
import type { Handler } from './handlers.ts';
import { createInvitations } from './invitations.ts';
import { closePeriods, reopenPeriods } from './payroll-exports.ts';
import { replayWebhookDeliveries, rotateWebhookSecrets } from './webhooks.ts';

/** POSTs that do something else than create rows; where a resource has the same name, it answers the other methods. */
export const actions: Readonly<Record<string, Handler>> = {
  approvals: moveApprovalsHandler,
  invitations: createInvitations,
  payroll_exports: closePeriods,
  'payroll_exports/reopen': reopenPeriods,
  'webhook_deliveries/replay': replayWebhookDeliveries,
  webhook_secrets: rotateWebhookSecrets,
};
