-- What the clock said when someone clocked in and out, beside the rounded start and end; null where time was entered and
-- not punched. A side that was changed by hand keeps its punch as the record of it, but no rounding applies to it any more.
-- Both defaults are constants: the table is not rewritten.
ALTER TABLE timesheets
  ADD COLUMN raw_start_at timestamptz,
  ADD COLUMN raw_end_at timestamptz,
  ADD COLUMN start_by_hand boolean NOT NULL DEFAULT false,
  ADD COLUMN end_by_hand boolean NOT NULL DEFAULT false;
ALTER TABLE timesheets_deleted
  ADD COLUMN raw_start_at timestamptz,
  ADD COLUMN raw_end_at timestamptz,
  ADD COLUMN start_by_hand boolean NOT NULL DEFAULT false,
  ADD COLUMN end_by_hand boolean NOT NULL DEFAULT false;
