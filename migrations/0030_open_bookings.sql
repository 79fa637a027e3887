-- The bookings that the server still has something to do about.
CREATE INDEX bookings_open ON bookings (company_id, end_at) WHERE NOT completed AND active;
