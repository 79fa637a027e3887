-- Minutes that are taken off a timesheet, in place of what the rules would take off automatically; null lets the rules
-- decide. Nothing is taken off that is not there; how long an open timesheet becomes is not known yet.
ALTER TABLE timesheets
  ADD COLUMN deduction_minutes integer,
  ADD CONSTRAINT timesheets_deduction_fits CHECK (
    deduction_minutes >= 0 AND (deduction_minutes * 60 <= duration OR (type = 'regular' AND end_at IS NULL))
  );
ALTER TABLE timesheets_deleted ADD COLUMN deduction_minutes integer;
