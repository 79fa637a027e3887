-- Sessions of the web app, which are tokens of a door of their own, and when an application got its present secret.

-- A session is the first of a family; what it gives out to try the APIs with belongs to the family, and ends with it. Of the
-- tokens without an application only those have one.
ALTER TABLE access_tokens
  DROP CONSTRAINT access_tokens_door_check,
  ADD CONSTRAINT access_tokens_door_check CHECK (door IN ('tsheets-rest', 'tsheets-legacy', 'timestation', 'timekit',
    'timekit-widget', 'timekit-server', 'timekit-client', 'web')),
  ADD CHECK (door <> 'web' OR (client_id IS NULL AND family IS NOT NULL AND expires_at IS NOT NULL));

ALTER TABLE oauth_apps ADD COLUMN secret_created timestamptz;
UPDATE oauth_apps SET secret_created = created;
ALTER TABLE oauth_apps ALTER COLUMN secret_created SET NOT NULL;
CREATE INDEX refresh_tokens_client ON refresh_tokens (client_id);

-- Signs people out wherever they signed in with their password, but for the sign-in that is kept (the family of a session of the
-- web app, or the hash of one of the legacy API). A session can belong to the key of another company, which row-level security
-- would hide.
CREATE FUNCTION end_sign_ins(company integer, people integer[], kept text, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  scope text := current_setting('openpunch.company_id', true);
BEGIN
  PERFORM set_config('openpunch.company_id', '*', true);
  UPDATE access_tokens t SET revoked_at = moment
  WHERE t.company_id = company AND t.user_id = ANY(people) AND t.client_id IS NULL AND t.family IS NOT NULL
    AND t.family::text IS DISTINCT FROM kept AND t.revoked_at IS NULL;
  DELETE FROM legacy_sessions s USING access_tokens k
  WHERE s.user_company_id = company AND s.user_id = ANY(people) AND k.hash = s.key_hash
    AND s.hash IS DISTINCT FROM kept AND (kept IS NULL OR k.family::text IS DISTINCT FROM kept);
  PERFORM set_config('openpunch.company_id', coalesce(scope, ''), true);
END $$;
