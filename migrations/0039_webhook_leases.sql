-- Deliveries that somebody has taken, which are few however many wait.
CREATE INDEX webhook_deliveries_taken ON webhook_deliveries (company_id, webhook_id, leased_until)
  WHERE leased_until IS NOT NULL;
