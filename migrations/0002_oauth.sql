-- OAuth applications, tokens and what slows down guessing. Secrets are kept as SHA-256 hashes only.
-- These tables are read before the company is known: a token's hash is all that a request brings. So the hash (or the
-- client id) is their primary key and company_id an ordinary column; they are few and small beside the companies' facts.
-- All times are the application's clock.

-- company_id: who registered the application. Users of every company may connect it.
CREATE TABLE oauth_apps (
  client_id     text PRIMARY KEY,
  company_id    integer NOT NULL REFERENCES companies,
  name          text NOT NULL,
  description   text NOT NULL DEFAULT '',
  redirect_uris text[] NOT NULL,
  secret_hash   text NOT NULL,
  active        boolean NOT NULL DEFAULT true,
  created       timestamptz NOT NULL
);
CREATE INDEX oauth_apps_company ON oauth_apps (company_id);

-- What a user who has signed in is being asked: to choose a new password, or to let an application in.
CREATE TABLE authorization_requests (
  hash           text PRIMARY KEY,
  company_id     integer NOT NULL,
  user_id        integer NOT NULL,
  client_id      text NOT NULL REFERENCES oauth_apps,
  purpose        text NOT NULL CHECK (purpose IN ('password', 'consent')),
  redirect_uri   text NOT NULL,
  state          text NOT NULL,
  code_challenge text,
  expires_at     timestamptz NOT NULL,
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);

-- A used code is kept until it expires, so that a second use is seen; family names the tokens that were made from it.
CREATE TABLE authorization_codes (
  hash           text PRIMARY KEY,
  company_id     integer NOT NULL,
  user_id        integer NOT NULL,
  client_id      text NOT NULL REFERENCES oauth_apps,
  redirect_uri   text NOT NULL,
  code_challenge text,
  family         uuid NOT NULL,
  expires_at     timestamptz NOT NULL,
  used_at        timestamptz,
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);

-- client_id and family are null for tokens that were made on the command line.
CREATE TABLE access_tokens (
  hash       text PRIMARY KEY,
  company_id integer NOT NULL,
  user_id    integer NOT NULL,
  client_id  text REFERENCES oauth_apps,
  family     uuid,
  label      text NOT NULL DEFAULT '',
  created    timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used  timestamptz,
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);
CREATE INDEX access_tokens_user ON access_tokens (company_id, user_id);
CREATE INDEX access_tokens_family ON access_tokens (family);
CREATE INDEX access_tokens_client ON access_tokens (client_id, company_id);

CREATE TABLE refresh_tokens (
  hash       text PRIMARY KEY,
  company_id integer NOT NULL,
  user_id    integer NOT NULL,
  client_id  text NOT NULL REFERENCES oauth_apps,
  family     uuid NOT NULL,
  created    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  revoked_at timestamptz,
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);
CREATE INDEX refresh_tokens_user ON refresh_tokens (company_id, user_id);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family);

-- Attempts per account and per address; key is a hash, so that nothing that somebody typed is kept.
CREATE TABLE sign_in_attempts (
  scope         text NOT NULL CHECK (scope IN ('account', 'address', 'sign-up')),
  key           text NOT NULL,
  attempts      integer NOT NULL,
  blocked_until timestamptz,
  forget_at     timestamptz NOT NULL,
  PRIMARY KEY (scope, key)
);

-- A revoked token must be forgotten by every server at once; a mere last_used must not cost anybody a cache.
CREATE FUNCTION announce_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('openpunch', OLD.company_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER announce_update AFTER UPDATE ON access_tokens FOR EACH ROW
  WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at OR OLD.expires_at IS DISTINCT FROM NEW.expires_at
        OR OLD.company_id <> NEW.company_id OR OLD.user_id <> NEW.user_id)
  EXECUTE FUNCTION announce_token();
CREATE TRIGGER announce_delete AFTER DELETE ON access_tokens FOR EACH ROW EXECUTE FUNCTION announce_token();

-- Switching an application off refuses its tokens in every company that it is connected to.
CREATE FUNCTION announce_app() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('openpunch', company_id::text)
  FROM (SELECT DISTINCT company_id FROM access_tokens WHERE client_id = OLD.client_id) connected;
  RETURN NULL;
END $$;
CREATE TRIGGER announce_update AFTER UPDATE ON oauth_apps FOR EACH ROW
  WHEN (OLD.active <> NEW.active) EXECUTE FUNCTION announce_app();

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['oauth_apps', 'authorization_requests', 'authorization_codes', 'access_tokens',
                           'refresh_tokens'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY company ON %I USING (
      current_setting(''openpunch.company_id'', true) IN (''*'', company_id::text))', t);
  END LOOP;
END $$;
