-- What stands on a person and on no lead: nobody was pursued when it was done. A lead shows and counts it with its own, so these hold
-- nothing else and are short.
create index activities_on_no_lead_idx on activities (company_id, contact_id, occurred_at desc, id desc)
  where lead_id is null and deleted_at is null;
create index tasks_on_no_lead_idx on tasks (company_id, contact_id, id desc) where lead_id is null and deleted_at is null;

-- WhatsApp's document lists what is no mail: where most conversations are mails, the inbox's own index is mostly others.
create index conversations_chats_status_idx on conversations (company_id, status, last_message_at desc, id desc)
  where not is_mail and not contact_deleted;
