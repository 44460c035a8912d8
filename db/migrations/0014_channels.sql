-- What stands behind a number: its health as the vendor tells it, the files that come and go over it, and its templates.
alter table channel_accounts
  add column verified_name text,
  add column name_status text,
  -- The vendor has seen that the number is the business's own.
  add column number_verified boolean not null default false,
  add column platform_type text,
  add column throughput_level text,
  -- Coexistence: the same number lives in the phone app too, at 20 messages a second.
  add column is_on_biz_app boolean not null default false,
  -- Null: never, or the vendor has not said.
  add column token_expires_at timestamptz(3),
  -- The last time that the vendor said our app gets this account's webhooks.
  add column subscribed_at timestamptz(3),
  add column connected_at timestamptz(3),
  add column last_sync_at timestamptz(3),
  add column last_sync_error text;
update channel_accounts set connected_at = created_at where status = 'connected';

alter table media
  -- image, video, audio, document, sticker; decides over size and types.
  add column kind text,
  -- inbound: fetched from the vendor; upload: ours, to be sent.
  add column origin text not null default 'inbound',
  -- What the sender says it is; mime_type is what the bytes say once they are stored.
  add column claimed_mime_type text,
  add column attempts integer not null default 0,
  -- While a worker fetches it, the end of its lease.
  add column next_attempt_at timestamptz(3) not null default now(),
  add column uploaded_by bigint,
  add constraint media_origin_check check (origin in ('inbound', 'upload'));
update media m set claimed_mime_type = m.mime_type, mime_type = null,
  kind = (select case when x.type in ('image', 'video', 'audio', 'document', 'sticker') then x.type else 'document' end
    from messages x where x.company_id = m.company_id and x.id = m.message_id);
-- What is to be fetched next, over all companies: one worker serves them all.
create index media_due_idx on media (next_attempt_at, id) where status = 'pending';

-- A file is uploaded to the vendor once per number; its id is good for 30 days there.
create table media_vendor_ids (
  company_id bigint not null,
  media_id bigint not null,
  channel_account_id bigint not null,
  -- Null while somebody uploads it.
  provider_media_id text,
  -- The end of the uploader's lease, then of the id.
  expires_at timestamptz(3) not null,
  primary key (company_id, media_id, channel_account_id),
  constraint media_vendor_ids_company_id_media_id_fkey foreign key (company_id, media_id)
    references media (company_id, id) on delete cascade,
  constraint media_vendor_ids_company_id_channel_account_id_fkey foreign key (company_id, channel_account_id)
    references channel_accounts (company_id, id) on delete cascade
);

alter table templates
  -- NAMED or POSITIONAL; null where only a webhook spoke of the template.
  add column parameter_format text,
  add column synced_at timestamptz(3);
