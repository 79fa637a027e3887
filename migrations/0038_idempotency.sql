-- The answers of writes that came with an Idempotency-Key, so that the same request sent again gets the same answer and writes
-- nothing. key_hash and fingerprint (of the request) tell nothing without the key, and the body is sealed with it: answers may
-- hold secrets. status null: the request is being carried out in a transaction that is not committed yet.
CREATE TABLE idempotency_keys (
  company_id   integer NOT NULL REFERENCES companies,
  user_id      integer NOT NULL,
  key_hash     text NOT NULL,
  fingerprint  text NOT NULL,
  status       integer,
  content_type text NOT NULL DEFAULT '',
  body         text NOT NULL DEFAULT '',
  created      timestamptz NOT NULL,
  PRIMARY KEY (company_id, user_id, key_hash),
  FOREIGN KEY (company_id, user_id) REFERENCES users (company_id, id)
);

SELECT hide_from_other_companies('idempotency_keys');
