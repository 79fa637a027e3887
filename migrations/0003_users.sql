-- The balances of every user listed name the company's paid time off: few rows among very many jobcodes.
CREATE INDEX jobcodes_pto ON jobcodes (company_id, id) WHERE type = 'pto';
-- Whom a user manages is asked for every user listed.
CREATE INDEX groups_managers ON groups USING gin (manager_ids);
