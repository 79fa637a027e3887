-- What people do and where they usually do it, and what a kiosk knows them by.
ALTER TABLE users
  ADD COLUMN title text NOT NULL DEFAULT '',
  ADD COLUMN default_jobcode_id integer,
  ADD FOREIGN KEY (company_id, default_jobcode_id) REFERENCES jobcodes (company_id, id);
CREATE INDEX users_default_jobcode ON users (company_id, default_jobcode_id) WHERE default_jobcode_id IS NOT NULL;

-- How many cards a company gave out; numbers are never given twice.
CREATE TABLE card_counters (
  company_id integer PRIMARY KEY REFERENCES companies,
  given      integer NOT NULL
);

-- Kiosks read the PIN and the code of the card, so they are kept readable, and apart from users, so that no history or
-- listing of these carries them. A PIN is also the login PIN, whose hash is in credentials.
CREATE TABLE kiosk_access (
  company_id  integer NOT NULL,
  user_id     integer NOT NULL,
  card_number integer NOT NULL,
  card_code   text NOT NULL,
  pin         text CHECK (pin ~ '^\d{4}$'),
  PRIMARY KEY (company_id, user_id),
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id),
  CONSTRAINT kiosk_access_card UNIQUE (company_id, card_number),
  CONSTRAINT kiosk_access_code UNIQUE (company_id, card_code),
  -- Deferrable, so that two people may swap theirs in one statement.
  CONSTRAINT kiosk_access_pin UNIQUE (company_id, pin) DEFERRABLE
);
SELECT hide_from_other_companies(t) FROM unnest(ARRAY['card_counters', 'kiosk_access']) t;

-- 31 digits, 96 bits of them at random: the parts of a random UUID that hold no version.
CREATE FUNCTION card_code() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT '8' || lpad(('x' || left(d.id, 12))::bit(48)::bigint::text, 15, '0')
             || lpad(('x' || right(d.id, 12))::bit(48)::bigint::text, 15, '0')
  FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS id) d
$$;

-- Everyone gets a card with the next number of the company, whichever door he comes in through.
CREATE FUNCTION give_cards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH news AS (
    SELECT company_id, count(*)::integer AS people FROM new_rows GROUP BY company_id
  ), counted AS (
    INSERT INTO card_counters AS c (company_id, given) SELECT company_id, people FROM news ORDER BY company_id
    ON CONFLICT (company_id) DO UPDATE SET given = c.given + EXCLUDED.given RETURNING company_id, given
  )
  INSERT INTO kiosk_access (company_id, user_id, card_number, card_code)
  SELECT n.company_id, n.id, c.given - s.people + row_number() OVER (PARTITION BY n.company_id ORDER BY n.id), card_code()
  FROM new_rows n JOIN news s USING (company_id) JOIN counted c USING (company_id);
  RETURN NULL;
END $$;

INSERT INTO kiosk_access (company_id, user_id, card_number, card_code)
SELECT company_id, id, row_number() OVER (PARTITION BY company_id ORDER BY id), card_code() FROM users;
INSERT INTO card_counters (company_id, given) SELECT company_id, count(*) FROM users GROUP BY company_id;

CREATE TRIGGER give_cards AFTER INSERT ON users REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION give_cards();
