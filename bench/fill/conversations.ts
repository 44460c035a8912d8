import { oneOf, pick } from "./pick.ts";
import { spokenText } from "./spoken-text.ts";
import type { FillStep } from "./step.ts";
import { words } from "./words.ts";

/** Every eighth message is a line of the trade, which may name a wish; the others are talk. */
const isLine = `${pick(22, 8)} = 0`;
const line = oneOf("$7::text[]", 21, words.texts.length);
const intent = oneOf("$8::text[]", 21, words.texts.length);
const text = `case when ${isLine} then ${line} else ${spokenText} end`;

/** One for every second person, its last message's fields already those of the messages that follow. */
export const conversations: FillStep = {
  table: "conversations",
  share: 0.5,
  values: [words.texts],
  sql: `
    insert into conversations (company_id, id, contact_id, channel_account_id, status, unread_count, last_message_id, last_message_at,
      last_message_text, last_message_type, last_message_direction, last_inbound_at, last_outbound_at, window_expires_at, created_at, updated_at)
    select b.company_id, $4 + n, b.contact_id, (p.plan ->> 'channel')::bigint, case when ${pick(30, 10)} = 0 then 'closed' else 'open' end, b.unread_count,
      (p.plan ->> 'messages')::bigint + i, b.last_message_at, ${text}, 'text', case when b.unread_count > 0 then 'in' else 'out' end,
      b.last_message_at - w.in_ago, b.last_message_at - w.out_ago, b.last_message_at - w.in_ago + interval '24 hours',
      b.last_message_at - (p.per - 1) * interval '7 hours', b.last_message_at
    from (select $6::jsonb as plan, ($6::jsonb ->> 'perConversation')::int as per) p
    cross join lateral (select n, n * p.per as i from generate_series($2::bigint, $3::bigint) n) numbers
    join contact_inbox b on b.company_id = $1 and b.contact_id = (p.plan ->> 'people')::bigint + 2 * n
    cross join lateral (select case when b.unread_count > 0 then interval '0' else interval '7 hours' end as in_ago,
      b.unread_count * interval '7 hours' as out_ago) w
    where $5::timestamptz is not null`,
};

/** Dialogues seven hours a message, the unread ones incoming and before them alternating. */
export const messages: FillStep = {
  table: "messages",
  share: 0.5,
  values: [words.texts, words.intents],
  sql: `
    insert into messages (company_id, id, conversation_id, contact_id, channel_account_id, direction, origin, type, text, provider_id, intents,
      status, sent_at, accepted_at, delivered_at, read_at, created_at)
    select t.company_id, $4 + i, t.id, t.contact_id, t.channel_account_id, case when m.incoming then 'in' else 'out' end,
      case when m.incoming then 'person' else 'user' end, 'text', ${text}, 'wamid.bench.' || i,
      case when m.incoming and ${isLine} and ${intent} <> '' then array[${intent}] else '{}' end,
      case when not m.incoming then 'read' end, m.at, case when not m.incoming then m.at end, case when not m.incoming then m.at end,
      case when not m.incoming then m.at + interval '2 minutes' end, m.at
    from (select $6::jsonb as plan, ($6::jsonb ->> 'perConversation')::int as per) p
    cross join generate_series($2::bigint, $3::bigint) n
    join conversations t on t.company_id = $1 and t.id = (p.plan ->> 'conversations')::bigint + n
    cross join lateral (select k, (n - 1) * p.per + k as i from generate_series(1, p.per) k) numbers
    cross join lateral (select t.last_message_at - (p.per - k) * interval '7 hours' as at,
      p.per - k < t.unread_count or (p.per - k - t.unread_count) % 2 = 1 as incoming) m
    where $5::timestamptz is not null`,
};
