-- The clients (other companies of this server) that a company manages; id is the managed company's own.
CREATE TABLE managed_clients (
  company_id    integer NOT NULL REFERENCES companies,
  id            integer NOT NULL REFERENCES companies,
  active        boolean NOT NULL DEFAULT true,
  created       timestamptz NOT NULL DEFAULT now(),
  last_modified timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (company_id, id),
  CHECK (id <> company_id)
);
CREATE INDEX managed_clients_modified ON managed_clients (company_id, last_modified, id);
SELECT keep_table('managed_clients', announced => true);

-- Who manages a client from outside is a user there, so that its people see and can end it.
ALTER TABLE users
  ADD COLUMN external_company_id integer,
  ADD COLUMN external_user_id integer,
  ADD CHECK ((external_company_id IS NULL) = (external_user_id IS NULL));
CREATE UNIQUE INDEX users_external ON users (company_id, external_company_id, external_user_id)
  WHERE external_company_id IS NOT NULL;
