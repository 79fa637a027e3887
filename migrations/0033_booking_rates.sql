-- How many bookings a customer has, by his email address; a group has no customer.
CREATE INDEX bookings_customer ON bookings (company_id, app_id, lower(customer ->> 'email'), start_at)
  WHERE graph <> 'group_owner';
