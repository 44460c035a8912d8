import { oneOf, pick } from "./pick.ts";
import type { FillStep } from "./step.ts";
import { words } from "./words.ts";

const { first, firstFolded, last, lastFolded, trades, forms } = words;
const organizationName = `(${oneOf("$7::text[]", 11, trades.length)} || ' ' || ${oneOf("$8::text[]", 12, forms.length)} || ' ' || i)`;

/** One organization for five people. */
export const organizations: FillStep = {
  table: "organizations",
  share: 0.2,
  values: [trades, forms],
  sql: `
    insert into organizations (company_id, id, name, name_key, created_at, updated_at)
    select $1, $4 + i, ${organizationName}, lower(${organizationName}), $5::timestamptz - interval '2 years', $5::timestamptz - interval '2 years'
    from generate_series($2::bigint, $3::bigint) i where $6::jsonb is not null`,
};

/** People with a stage, a score that suits it, and a creation date within two years. Seven of ten belong to an organization. */
export const contacts: FillStep = {
  table: "contacts",
  share: 1,
  values: [first, firstFolded, last, lastFolded, ["CEO", "CTO", "Manager", "Owner", "Assistant"]],
  sql: `
    with picked as (
      select i, 1 + ${pick(1, first.length)} as f, 1 + ${pick(2, last.length)} as l, ${pick(3, 100)} as s, ${pick(4, 100)} as score,
        $5::timestamptz - (1 + ${pick(5, 1_051_000)}) * interval '1 minute' as created, ${pick(6, 1000)} / 1000.0 as recency,
        case when ${pick(7, 10)} < 7 then 1 + ${pick(8, 2_000_000_000)} % (($6::jsonb ->> 'contacts')::int / 5) end as org,
        ${pick(9, 10)} as tenth, ${pick(10, 3)} as land
      from generate_series($2::bigint, $3::bigint) i
    ), shaped as (
      select *, case when s < 30 then 'new' when s < 45 then 'contacted' when s < 60 then 'nurture' when s < 75 then 'qualified'
          when s < 83 then 'sales_qualified' when s < 88 then 'opportunity' when s < 96 then 'customer' when s < 99 then 'lost'
          else 'junk' end as stage,
        case land when 0 then '91' || (9000000000 + i) when 1 then '5511' || (970000000 + i) else '49151' || (20000000 + i) end as digits,
        case when tenth < 6 then regexp_replace(($8::text[])[f] || '.' || ($10::text[])[l], '[^a-z.]', '', 'g') || i || '@example.com' end as mail,
        case when i % 2 = 0 then created + ($5::timestamptz - created) * recency end as last_message
      from picked
    )
    insert into contacts (company_id, id, name, first_name, last_name, phone, email, position, source, notes, organization_id, stage,
      lead_score, country, last_contacted_at, next_follow_up_at, search_text, created_at, updated_at)
    select $1, $4 + i, ($7::text[])[f] || ' ' || ($9::text[])[l], ($7::text[])[f], ($9::text[])[l], '+' || digits, mail,
      case when tenth < 5 then ($11::text[])[1 + tenth] end,
      (array['website', 'referral', 'whatsapp', 'ad'])[1 + tenth % 4],
      case when tenth = 3 then 'Asked for a quote, call back after the holidays.' end,
      o.id, stage,
      case stage when 'new' then score * 45 / 100 when 'contacted' then 10 + score / 2 when 'nurture' then 5 + score * 2 / 5
        when 'qualified' then 50 + score * 2 / 5 when 'sales_qualified' then 70 + score * 3 / 10 when 'opportunity' then 70 + score * 3 / 10
        when 'customer' then 40 + score * 3 / 5 else score * 2 / 5 end,
      (array['IN', 'BR', 'DE'])[1 + land], last_message, case when tenth = 4 then $5::timestamptz + s * interval '8 hours' end,
      concat_ws(' ', ($8::text[])[f] || ' ' || ($10::text[])[l], o.name_key, mail, digits), created, coalesce(last_message, created)
    from shaped left join organizations o on o.company_id = $1 and o.id = ($6::jsonb ->> 'organizations')::bigint + org`,
};

/** What of their messages stands on people: every second one has some, the last at the time of the last contact. */
export const inboxes: FillStep = {
  table: "contact_inbox",
  share: 1,
  values: [],
  sql: `
    insert into contact_inbox (company_id, contact_id, last_message_at, unread_count, message_count, last_chat_at, unread_chat_count, chat_count)
    select c.company_id, c.id, c.last_contacted_at, n.unread, n.messages, c.last_contacted_at, n.unread, n.messages
    from (select $6::jsonb as plan, ($6::jsonb ->> 'perConversation')::int as per) p cross join generate_series($2::bigint, $3::bigint) i
    join contacts c on c.company_id = $1 and c.id = (p.plan ->> 'people')::bigint + i
    cross join lateral (
      select case when c.last_contacted_at > $5::timestamptz - interval '40 days' then ${pick(4, 100)} % 3 % least(2, p.per) else 0 end as unread,
        case when c.last_contacted_at is null then 0 else p.per end as messages
    ) n
    where $4::bigint is not null`,
};

export const searchTexts: FillStep = {
  table: "contact_search",
  share: 1,
  values: [],
  sql: `
    insert into contact_search (company_id, contact_id, search_text)
    select company_id, id, search_text from contacts
    where company_id = $1 and id between ($6::jsonb ->> 'people')::bigint + $2::bigint and ($6::jsonb ->> 'people')::bigint + $3::bigint
      and $4::bigint is not null and $5::timestamptz is not null`,
};

/** Each person by phone, by mail where there is one, and by WhatsApp id where they wrote. */
export const identities: FillStep = {
  table: "contact_identities",
  share: 1,
  values: [],
  sql: `
    insert into contact_identities (company_id, kind, value, contact_id, raw, created_at)
    select c.company_id, n.kind, n.value, c.id, n.value, c.created_at
    from contacts c cross join lateral (values ('phone', substr(c.phone, 2)), ('email', c.email),
      ('wa_id', case when c.last_contacted_at is not null then substr(c.phone, 2) end)) n (kind, value)
    where c.company_id = $1 and c.id between ($6::jsonb ->> 'people')::bigint + $2::bigint and ($6::jsonb ->> 'people')::bigint + $3::bigint
      and n.value is not null and $4::bigint is not null and $5::timestamptz is not null`,
};

/** One lead a person, in the person's stage; closed where the stage says so. */
export const leads: FillStep = {
  table: "leads",
  share: 1,
  values: [],
  sql: `
    insert into leads (company_id, id, number, contact_id, organization_id, stage, source, created_at, updated_at, closed_at)
    select c.company_id, $4 + i, i, c.id, c.organization_id, c.stage, c.source, c.created_at, c.updated_at,
      case when c.stage in ('customer', 'lost', 'junk') then c.updated_at end
    from generate_series($2::bigint, $3::bigint) i join contacts c on c.company_id = $1 and c.id = ($6::jsonb ->> 'people')::bigint + i
    where $5::timestamptz is not null`,
};
