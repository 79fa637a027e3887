-- Finds the few timesheets that have a deduction of their own.
CREATE INDEX timesheets_deductions ON timesheets (company_id, date) WHERE deduction_minutes IS NOT NULL;
