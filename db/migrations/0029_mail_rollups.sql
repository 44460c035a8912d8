-- The WhatsApp dashboard and analytics count what came and went by WhatsApp. Mails are conversations and messages too, for the inbox of v1;
-- they are left out of these counts. What is counted otherwise stays as in 0009.

-- By mail: repeated from its account, whose provider never changes, so that what a row counts for stands in that row alone.
alter table conversations add column is_mail boolean not null default false;
update conversations v set is_mail = true from channel_accounts a
where a.company_id = v.company_id and a.id = v.channel_account_id and a.provider = 'email';

create function is_mail_account(company bigint, account bigint) returns boolean language sql stable
return exists (select from channel_accounts a where a.company_id = company and a.id = account and a.provider = 'email');

create function conversation_takes_kind() returns trigger language plpgsql as $$
begin
  new.is_mail := is_mail_account(new.company_id, new.channel_account_id);
  return new;
end $$;
create trigger conversation_takes_kind before insert on conversations for each row execute function conversation_takes_kind();

-- The same three figures without mails.
alter table contact_inbox
  add column last_chat_at timestamptz(3),
  add column unread_chat_count integer not null default 0,
  add column chat_count integer not null default 0;
update contact_inbox i set last_chat_at = v.last_chat_at, unread_chat_count = v.unread, chat_count = v.chats
from (
  select c.company_id, c.contact_id, max(c.last_message_at) as last_chat_at, sum(c.unread_count) as unread,
    sum((select count(*) from messages m where m.company_id = c.company_id and m.conversation_id = c.id)) as chats
  from conversations c where not c.is_mail group by c.company_id, c.contact_id
) v
where i.company_id = v.company_id and i.contact_id = v.contact_id;
-- The WhatsApp list of people, last message first; who is active.
create index contact_inbox_company_id_last_chat_at_idx on contact_inbox (company_id, last_chat_at desc nulls last, contact_id desc);
-- With whom most messages were exchanged; nothing else reads by how many.
drop index contact_inbox_company_id_message_count_idx;
create index contact_inbox_company_id_chat_count_idx on contact_inbox (company_id, chat_count desc, contact_id desc);

create or replace function messages_counted() returns trigger language plpgsql as $$
declare
  changed message_fact[];
begin
  if tg_op = 'INSERT' then
    select array_agg(row(company_id, id, conversation_id, direction, sent_at, true)::message_fact) into changed
    from new_rows where not is_mail_account(company_id, channel_account_id);
  else
    select array_agg(row(company_id, id, conversation_id, direction, sent_at, false)::message_fact) into changed
    from old_rows where not is_mail_account(company_id, channel_account_id);
  end if;
  if changed is not null then perform count_messages(changed, 1); end if;
  return null;
end $$;

create or replace function message_moved() returns trigger language plpgsql as $$
begin
  -- Both are of one account: a merge joins threads of the same number.
  if is_mail_account(old.company_id, old.channel_account_id) then return new; end if;
  perform count_messages(array[
    row(old.company_id, old.id, old.conversation_id, old.direction, old.sent_at, true)::message_fact,
    row(new.company_id, new.id, new.conversation_id, new.direction, new.sent_at, false)::message_fact
  ], -1);
  return new;
end $$;

create or replace function conversations_counted() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  changed conversation_fact[];
begin
  if tg_op = 'INSERT' then
    -- Whoever deletes the person at this moment does not see the conversation, and we do not see that: one waits for the other.
    perform from contacts c
    where (c.company_id, c.id) in (select company_id, contact_id from new_rows) and c.xmin <> pg_current_xact_id()::xid
    order by c.company_id, c.id for no key update;
    update conversations v set contact_deleted = true from new_rows r join contacts c on c.company_id = r.company_id and c.id = r.contact_id
    where v.company_id = r.company_id and v.id = r.id and c.deleted_at is not null and not v.contact_deleted;
    select array_agg(f) into changed from (
      select row(company_id, status, count(*))::conversation_fact as f from new_rows where not contact_deleted and not is_mail group by company_id, status
    ) r;
  elsif tg_op = 'DELETE' then
    select array_agg(f) into changed from (
      select row(company_id, status, -count(*))::conversation_fact as f from old_rows where not contact_deleted and not is_mail group by company_id, status
    ) r;
  else
    select array_agg(f) into changed from (
      select row(company_id, status, sum(n))::conversation_fact as f
      from (
        select company_id, status, 1 as n from new_rows where not contact_deleted and not is_mail
        union all
        select company_id, status, -1 from old_rows where not contact_deleted and not is_mail
      ) r
      group by company_id, status having sum(n) <> 0
    ) r;
  end if;
  if changed is null then return null; end if;

  insert into company_totals as t (company_id, slot, open_conversations, snoozed_conversations, closed_conversations)
  select n.company_id, rollup_slot(n.company_id), n.open, n.snoozed, n.closed
  from (
    select company_id, coalesce(sum(n) filter (where status = 'open'), 0) as open,
      coalesce(sum(n) filter (where status = 'snoozed'), 0) as snoozed, coalesce(sum(n) filter (where status = 'closed'), 0) as closed
    from unnest(changed) group by company_id
  ) n
  where exists (select from companies c where c.id = n.company_id)
  on conflict (company_id, slot) do update set open_conversations = t.open_conversations + excluded.open_conversations,
    snoozed_conversations = t.snoozed_conversations + excluded.snoozed_conversations,
    closed_conversations = t.closed_conversations + excluded.closed_conversations;
  return null;
end $$;

create or replace function contact_inbox_counted() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform count_activity(array(
      select row(company_id, (last_chat_at at time zone 'UTC')::date, 1)::activity_fact
      from new_rows where last_chat_at is not null and not contact_deleted
    ));
  elsif tg_op = 'DELETE' then
    perform count_activity(array(
      select row(company_id, (last_chat_at at time zone 'UTC')::date, -1)::activity_fact
      from old_rows where last_chat_at is not null and not contact_deleted
    ));
  else
    perform count_activity(array(
      select row(company_id, active_on, sum(n))::activity_fact
      from (
        select company_id, (last_chat_at at time zone 'UTC')::date as active_on, 1 as n
        from new_rows where last_chat_at is not null and not contact_deleted
        union all
        select company_id, (last_chat_at at time zone 'UTC')::date, -1
        from old_rows where last_chat_at is not null and not contact_deleted
      ) r
      group by company_id, active_on having sum(n) <> 0
    ));
  end if;
  return null;
end $$;

create or replace view company_totals_missing as
select company_id, sum(contacts) as contacts, sum(open) as open_conversations, sum(snoozed) as snoozed_conversations,
  sum(closed) as closed_conversations, sum(sent) as sent, sum(received) as received
from (
  select company_id, count(*) as contacts, 0 as open, 0 as snoozed, 0 as closed, 0 as sent, 0 as received
  from contacts where deleted_at is null group by company_id
  union all
  select v.company_id, 0, count(*) filter (where v.status = 'open'), count(*) filter (where v.status = 'snoozed'),
    count(*) filter (where v.status = 'closed'), 0, 0
  from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id and c.deleted_at is null
  where not v.is_mail group by v.company_id
  union all
  select company_id, 0, 0, 0, 0, count(*) filter (where direction = 'out'), count(*) filter (where direction = 'in')
  from messages where not is_mail_account(company_id, channel_account_id) group by company_id
  union all
  select company_id, -contacts, -open_conversations, -snoozed_conversations, -closed_conversations, -sent, -received from company_totals
) d
group by company_id
having sum(contacts) <> 0 or sum(open) <> 0 or sum(snoozed) <> 0 or sum(closed) <> 0 or sum(sent) <> 0 or sum(received) <> 0;

create or replace view traffic_missing as
select company_id, minutes, bucket_at, sum(sent) as sent, sum(received) as received, sum(responses) as responses,
  sum(response_ms) as response_ms, sum(contacts_created) as contacts_created
from (
  select company_id, minutes, rollup_bucket(minutes, sent_at) as bucket_at, (direction = 'out')::int as sent, (direction = 'in')::int as received,
    (direction = 'in' and answered_at is not null)::int as responses,
    case when direction = 'in' then coalesce(extract(epoch from answered_at - sent_at) * 1000, 0) else 0 end as response_ms,
    0 as contacts_created
  from (
    select company_id, direction, sent_at, min(sent_at) filter (where direction = 'out') over (
      partition by company_id, conversation_id order by sent_at desc
    ) as answered_at
    from messages where not is_mail_account(company_id, channel_account_id)
  ) m cross join (values (15), (60)) g (minutes)
  union all
  select company_id, minutes, rollup_bucket(minutes, created_at), 0, 0, 0, 0, 1
  from contacts cross join (values (15), (60)) g (minutes) where deleted_at is null
  union all
  select company_id, minutes, bucket_at, -sent, -received, -responses, -response_ms, -contacts_created from traffic_rollups
) d
group by company_id, minutes, bucket_at
having sum(sent) <> 0 or sum(received) <> 0 or sum(responses) <> 0 or sum(response_ms) <> 0 or sum(contacts_created) <> 0;

create or replace view activity_missing as
select company_id, active_on, sum(people) as people
from (
  select i.company_id, (i.last_chat_at at time zone 'UTC')::date as active_on, 1 as people
  from contact_inbox i join contacts c on c.company_id = i.company_id and c.id = i.contact_id and c.deleted_at is null
  where i.last_chat_at is not null
  union all
  select company_id, active_on, -people from activity_rollups
) d
group by company_id, active_on
having sum(people) <> 0;

select rebuild_rollups(id) from companies;
