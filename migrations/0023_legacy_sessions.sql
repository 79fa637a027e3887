-- Sessions of the legacy API: an API key opens one, a user logs in to it. Kept as a hash, and found by nothing else, so the
-- hash is the primary key, as in access_tokens. company_id is the key's; the user may belong to a client that it manages.
CREATE TABLE legacy_sessions (
  hash            text PRIMARY KEY,
  company_id      integer NOT NULL REFERENCES companies,
  key_hash        text NOT NULL REFERENCES access_tokens ON DELETE CASCADE,
  user_company_id integer,
  user_id         integer,
  created         timestamptz NOT NULL,
  last_used       timestamptz NOT NULL,
  FOREIGN KEY (user_company_id, user_id) REFERENCES users (company_id, id),
  CHECK ((user_company_id IS NULL) = (user_id IS NULL))
);
CREATE INDEX legacy_sessions_key ON legacy_sessions (key_hash);
CREATE INDEX legacy_sessions_user ON legacy_sessions (user_company_id, user_id);
SELECT hide_from_other_companies('legacy_sessions');
