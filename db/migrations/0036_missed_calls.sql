-- A missed call is no contact, and neither is an incoming one that never took place. Whom such a call took off the follow-up list gets
-- the latest time that remains: what was said, what we wrote, or the time that a member wrote last.
update contacts c set version = c.version + 1, last_contacted_at = greatest(
  (select max(a.occurred_at) from activities a
    where a.company_id = c.company_id and a.contact_id = c.id and a.deleted_at is null and a.activity_type <> 'note'
      and a.direction is distinct from 'missed' and coalesce(a.status, 'completed') = 'completed'),
  (select max(v.last_outbound_at) from conversations v where v.company_id = c.company_id and v.contact_id = c.id),
  (select (e.after ->> 'lastContactedAt')::timestamptz from events e
    where e.company_id = c.company_id and e.contact_id = c.id and e.subject_kind = 'contact' and e.after ? 'lastContactedAt'
    order by e.occurred_at desc, e.id desc limit 1))
where exists (select from activities a
  where a.company_id = c.company_id and a.contact_id = c.id and a.occurred_at = c.last_contacted_at and a.activity_type <> 'note'
    and coalesce(a.status, '') not in ('scheduled', 'cancelled')
    and (a.direction = 'missed' or a.direction = 'incoming' and coalesce(a.status, 'completed') <> 'completed'));
