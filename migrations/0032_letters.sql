-- Mails to people who are no users, such as customers, are kept without one.
ALTER TABLE outbox ALTER COLUMN user_id DROP NOT NULL;
