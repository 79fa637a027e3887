-- What every table of a resource gets: the stamp of its writes, its history, row-level security, and (where servers keep
-- its rows in their caches) the announcement of changes.
CREATE FUNCTION keep_table(t text, announced boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION touch()', t);
  EXECUTE format('CREATE TRIGGER history_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION record_change()', t);
  EXECUTE format('CREATE TRIGGER history_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION record_change()', t);
  EXECUTE format('CREATE TRIGGER history_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION record_change()', t);
  IF announced THEN
    EXECUTE format('CREATE TRIGGER announce_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION announce_change()', t);
    EXECUTE format('CREATE TRIGGER announce_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION announce_change()', t);
    EXECUTE format('CREATE TRIGGER announce_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
                    FOR EACH STATEMENT EXECUTE FUNCTION announce_change()', t);
  END IF;
  PERFORM hide_from_other_companies(t);
END $$;

-- The second lock alone, for tables that keep no history.
CREATE FUNCTION hide_from_other_companies(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY company ON %I USING (
    current_setting(''openpunch.company_id'', true) IN (''*'', company_id::text))', t);
END $$;

-- Work that is due at a moment. company_id 0: work for the whole server. A job that runs holds its row's lock and leaves
-- in the transaction of its work, so that it takes effect exactly once.
CREATE TABLE jobs (
  company_id integer NOT NULL,
  id         bigint GENERATED ALWAYS AS IDENTITY,
  name       text NOT NULL,
  -- At most one job of a name and key waits; '' for any number.
  key        text NOT NULL DEFAULT '',
  payload    json NOT NULL DEFAULT '{}',
  due        timestamptz NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  last_error text NOT NULL DEFAULT '',
  -- When it was given up.
  dead_at    timestamptz,
  PRIMARY KEY (company_id, id)
);
CREATE UNIQUE INDEX jobs_key ON jobs (company_id, name, key) WHERE key <> '';
CREATE INDEX jobs_due ON jobs (due, id) WHERE dead_at IS NULL;
SELECT hide_from_other_companies('jobs');
