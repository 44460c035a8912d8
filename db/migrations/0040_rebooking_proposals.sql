-- What was proposed to whom: nobody is asked twice in a row, and a message that waits for its hour does not name times that are taken.
create table rebooking_proposals (
  company_id bigint not null,
  -- Whose it is, and what became of it, the outbox knows by this.
  message_id bigint not null,
  proposed_at timestamptz(3) not null,
  -- The first of its times: after that it is not sent any more.
  expires_at timestamptz(3) not null,
  -- [{"startsAt", "endsAt", "providerId"}]
  times jsonb not null,
  primary key (company_id, message_id),
  constraint rebooking_proposals_company_id_message_id_fkey foreign key (company_id, message_id)
    references messages (company_id, id) on delete cascade
);
-- Those that may still wait, asked by every visit that is booked: few, however many were made.
create index rebooking_proposals_company_id_expires_at_idx on rebooking_proposals (company_id, expires_at);
