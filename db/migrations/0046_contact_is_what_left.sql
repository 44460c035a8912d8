-- A message that never left is no contact, but until now it counted as soon as it waited. When we last wrote is made anew where a failed
-- or cancelled message stands for it. What still waits, or was taken without a word since, is left as it is: it may have left.
update conversations c set last_outbound_at = (
  select max(case when m.origin in ('echo', 'history') then m.sent_at
    else coalesce(case when m.type = 'email' then m.accepted_at end,
      m.status_sent_at, m.delivered_at, m.read_at, m.played_at, m.accepted_at, m.sent_at) end)
  from messages m
  where m.company_id = c.company_id and m.conversation_id = c.id and m.direction = 'out'
    and (m.status in ('sent', 'delivered', 'read', 'played') or m.status = 'accepted' and m.type = 'email'
      or m.origin in ('echo', 'history') and m.status <> 'failed'))
where exists (select from messages m
  where m.company_id = c.company_id and m.conversation_id = c.id and m.sent_at = c.last_outbound_at and m.direction = 'out'
    and m.status in ('failed', 'cancelled') and m.status_sent_at is null and (m.type <> 'email' or m.accepted_at is null));

-- Of people, whose time is to the millisecond that of such a message: nobody else wrote it there. They get the latest that remains, as in
-- 0036: what was said, what left, or the time that a member or a program wrote last.
update contacts c set version = c.version + 1, last_contacted_at = greatest(
  (select max(a.occurred_at) from activities a
    where a.company_id = c.company_id and a.contact_id = c.id and a.deleted_at is null and a.activity_type <> 'note' and a.message_id is null
      and a.direction is distinct from 'missed' and coalesce(a.status, 'completed') = 'completed' and a.occurred_at <= c.last_contacted_at),
  (select max(v.last_outbound_at) from conversations v where v.company_id = c.company_id and v.contact_id = c.id),
  (select (e.after ->> 'lastContactedAt')::timestamptz from events e
    where e.company_id = c.company_id and e.contact_id = c.id and e.subject_kind = 'contact' and e.after ? 'lastContactedAt'
    order by e.occurred_at desc, e.id desc limit 1))
where exists (select from messages m
  where m.company_id = c.company_id and m.contact_id = c.id and m.sent_at = c.last_contacted_at and m.direction = 'out'
    and m.status in ('failed', 'cancelled') and m.status_sent_at is null and (m.type <> 'email' or m.accepted_at is null));
