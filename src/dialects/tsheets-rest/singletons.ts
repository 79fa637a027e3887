import { rawFile } from './files-raw.ts';
import type { Handler } from './handlers.ts';
import { payrollFile } from './payroll-exports.ts';
import { currentUser } from './singletons/current-user.ts';
import { effectiveSettingsHandler } from './singletons/effective-settings.ts';
import { lastModifiedTimestamps } from './singletons/last-modified-timestamps.ts';
import { payPeriods } from './singletons/pay-periods.ts';
import { ptoBalancesHandler, ptoLedgerHandler } from './singletons/pto.ts';

/** Endpoints that answer with something else than a list of rows. */
export const singletons: Readonly<Record<string, Handler>> = {
  current_user: currentUser,
  effective_settings: effectiveSettingsHandler,
  last_modified_timestamps: lastModifiedTimestamps,
  pay_periods: payPeriods,
  'payroll_exports/file': payrollFile,
  'files/raw': rawFile,
  pto_balances: ptoBalancesHandler,
  pto_ledger: ptoLedgerHandler,
};
