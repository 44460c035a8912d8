-- Files on people, deals, notes and mails.
alter table attachments
  -- In the data folder, or in the operator's bucket.
  add column stored_in text not null default 'folder',
  add constraint attachments_stored_in_check check (stored_in in ('folder', 'bucket'));
-- A person's files, newest first: those on their deals and notes too.
create index attachments_company_id_contact_id_idx on attachments (company_id, contact_id, created_at desc, id desc) where deleted_at is null;
create index attachments_company_id_deal_id_idx on attachments (company_id, deal_id, created_at desc, id desc) where deal_id is not null;
create index attachments_company_id_note_id_idx on attachments (company_id, note_id, created_at desc, id desc) where note_id is not null;
-- What the sweeper throws away, over all companies.
create index attachments_deleted_at_idx on attachments (deleted_at) where deleted_at is not null;
