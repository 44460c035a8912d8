-- What a person got that counts towards a cap, a tier or a confirmation. It was looked for in an index of everything that was sent to them,
-- which was written anew with every change of an outbox row, and among the newest hundred messages only, so that a hundred answers hid an
-- advertisement.
create index outbound_sends_counted_idx on outbound_sends (company_id, contact_id, created_at desc)
  where outside_window or purpose = 'marketing' or lower(template_category) = 'marketing' or origin = 'system';

-- What waits for a person is found by their conversations.
drop index outbound_sends_contact_idx;
