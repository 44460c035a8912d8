import { pick } from "./pick.ts";
import type { FillStep } from "./step.ts";

const contactOf = (number: string) =>
  `join contacts c on c.company_id = $1 and c.id = ($6::jsonb ->> 'people')::bigint + ${number}`;

/** Three deals for ten people, won where the person is a customer. */
export const deals: FillStep = {
  table: "deals",
  share: 0.3,
  values: [
    [
      "Yearly licence",
      "Starter package",
      "Dental implant plan",
      "Website and booking",
      "Support contract",
      "Clinic software",
    ],
  ],
  sql: `
    insert into deals (company_id, id, contact_id, organization_id, lead_id, pipeline_id, stage_id, stage, title, description, value, currency,
      probability, expected_close_on, closed_at, created_at, updated_at)
    select c.company_id, $4 + i, c.id, c.organization_id, ($6::jsonb ->> 'leads')::bigint + person, s.pipeline_id, s.id, s.stage,
      ($7::text[])[1 + ${pick(41, 6)}], 'Quoted by phone; the details stand in the conversation.', 250 * (1 + ${pick(42, 200)}), 'USD', s.probability,
      ($5::timestamptz + (${pick(43, 120)} - 30) * interval '1 day')::date, case when s.stage in ('closed_won', 'closed_lost') then c.updated_at end,
      least($5::timestamptz, c.created_at + interval '1 day'), c.updated_at
    from generate_series($2::bigint, $3::bigint) i
    cross join lateral (select 10 * ((i - 1) / 3) + 1 + 3 * ((i - 1) % 3) as person, ${pick(44, 100)} as chance) n
    ${contactOf("person")}
    join pipeline_stages s on s.company_id = $1 and s.stage = case when c.stage = 'customer' then 'closed_won'
      when c.stage in ('lost', 'junk') then 'closed_lost' when chance < 40 then 'prospecting' when chance < 65 then 'qualification'
      when chance < 85 then 'proposal' when chance < 95 then 'negotiation' else 'closed_lost' end`,
};

/** One for every second person: four of ten done, half open, of those a third overdue. */
export const tasks: FillStep = {
  table: "tasks",
  share: 0.5,
  values: [
    ["Follow up on proposal", "Call back", "Send contract", "Prepare demo", "Check the invoice", "Ask for documents"],
  ],
  sql: `
    insert into tasks (company_id, id, contact_id, deal_id, lead_id, title, description, task_type, priority, status, due_at, completed_at,
      created_at, updated_at)
    select c.company_id, $4 + i, c.id, d.id, ($6::jsonb ->> 'leads')::bigint + 2 * i - 1, ($7::text[])[1 + ${pick(51, 6)}],
      'As agreed in the last conversation.', (array['follow_up', 'meeting', 'document', 'demo', 'proposal', 'support'])[1 + ${pick(52, 6)}],
      (array['urgent', 'high', 'medium', 'low'])[1 + ${pick(53, 4)}], state.status, due.at, case when state.status = 'done' then due.at end,
      least(c.created_at, due.at), greatest(c.created_at, case when state.status = 'done' then due.at end)
    from generate_series($2::bigint, $3::bigint) i
    ${contactOf("2 * i - 1")}
    left join deals d on d.company_id = $1 and (2 * i - 1) % 10 in (1, 7)
      and d.id = ($6::jsonb ->> 'deals')::bigint + 3 * ((2 * i - 1) / 10) + case (2 * i - 1) % 10 when 1 then 1 else 3 end
    cross join lateral (select case when n < 35 then 'todo' when n < 40 then 'backlog' when n < 50 then 'in_progress' when n < 90 then 'done'
      else 'cancelled' end as status from (select ${pick(54, 100)} as n) chance) state
    cross join lateral (select $5::timestamptz + case when state.status in ('done', 'cancelled') then -${pick(55, 600)} else ${pick(55, 90)} - 30 end
      * interval '1 day' - ${pick(56, 600)} * interval '1 minute' as at) due`,
};

/** Five for every tenth person. */
export const activities: FillStep = {
  table: "activities",
  share: 0.5,
  values: [["Discovery call", "Sent proposal", "Demo", "Visited the office", "WhatsApp follow-up"]],
  sql: `
    insert into activities (company_id, id, contact_id, activity_type, title, description, duration_seconds, outcome, occurred_at, created_at, updated_at)
    select c.company_id, $4 + i, c.id, (array['call', 'email', 'meeting', 'whatsapp', 'demo', 'proposal'])[1 + ${pick(61, 6)}],
      ($7::text[])[1 + ${pick(62, 5)}], 'Discussed requirements, timeline and budget.', case when ${pick(63, 2)} = 0 then 60 * ${pick(64, 60)} end,
      (array['positive', 'neutral', 'negative', 'scheduled', 'sent'])[1 + ${pick(65, 5)}], o.at, o.at, o.at
    from generate_series($2::bigint, $3::bigint) i
    ${contactOf("10 * (1 + (i - 1) / 5)")}
    cross join lateral (select c.created_at + ($5::timestamptz - c.created_at) * (${pick(66, 1000)} / 1000.0) as at) o`,
};

/** How each person came in. */
export const events: FillStep = {
  table: "events",
  share: 1,
  values: [],
  sql: `
    insert into events (company_id, id, type, actor_kind, contact_id, subject_kind, subject_id, after, occurred_at, created_at)
    select c.company_id, $4 + i, 'contact.created', 'system', c.id, 'contact', c.id,
      jsonb_build_object('name', c.name, 'phone', c.phone, 'source', c.source), c.created_at, c.created_at
    from generate_series($2::bigint, $3::bigint) i ${contactOf("i")} where $5::timestamptz is not null`,
};
