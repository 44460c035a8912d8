import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { BotSettings } from "./bot-settings.ts";
import type { BotState, HistoryLine, Silence, TurnFacts, TurnMessage } from "./bot-turn.ts";
import { listActiveKnowledge } from "./knowledge.ts";
import type { AskedField } from "./phrases/bot-phrases.ts";

const minuteMs = 60_000;
const historyLines = 16;

/** Everything the bot looks at for one conversation; undefined where the conversation is gone. */
export async function loadTurn(
  ctx: Ctx,
  conversationId: number,
  settings: BotSettings,
): Promise<TurnFacts | undefined> {
  const row = await ctx.db.first(turnOf({ companyId: ctx.companyId, conversationId }));
  if (!row) return undefined;
  const recent = (
    await ctx.db.all(recentMessages({ companyId: ctx.companyId, conversationId, limit: historyLines }))
  ).toReversed();
  const messages = messagesOf(recent, row.firstMessageId);
  return {
    conversationId,
    contactId: row.contactId,
    leadId: row.leadId,
    lastMessageId: row.lastMessageId,
    messages,
    history: recent.map(({ direction, text }): HistoryLine => ({ direction, text: text ?? "" })),
    person: { name: row.name, email: row.email, company: row.company, need: row.need, language: row.language },
    state: stateOf(row, ctx.now()),
    knowledge: await listActiveKnowledge(ctx),
    business: {
      name: settings.businessName || row.companyName,
      about: settings.about,
      greeting: settings.greeting,
      prices: settings.prices,
      demos: settings.demos,
      locale: row.locale,
    },
    silence: silenceOf(row, messages, recent, settings, ctx.now()),
  };
}

type Recent = {
  id: number;
  direction: "in" | "out";
  origin: string;
  text: string | null;
  type: string;
  intents: string[];
  sentAt: string;
};

// By the order of arrival: the provider's time has whole seconds, and a quick answer would seem to come before what it answers.
function messagesOf(recent: Recent[], firstMessageId: number): TurnMessage[] {
  return recent
    .filter(({ id, direction, origin }) => id >= firstMessageId && direction === "in" && origin === "person")
    .filter(({ type }) => !["reaction", "system", "unsupported"].includes(type))
    .sort((one, other) => one.id - other.id)
    .map(({ id, text, type, intents, sentAt }) => ({ id, text: text ?? "", type, intents, sentAt }));
}

function silenceOf(
  row: Row,
  messages: TurnMessage[],
  recent: Recent[],
  settings: BotSettings,
  now: Date,
): Silence | null {
  if (row.deleted) return "deleted_person";
  if (!settings.enabled || !row.botEnabled) return "switched_off";
  if (messages.length === 0) return "nothing_to_answer";
  if (row.windowExpiresAt === null || new Date(row.windowExpiresAt) <= now) return "window_closed";
  const quietSince = now.getTime() - settings.quietAfterPersonMinutes * minuteMs;
  const colleague = recent.some(
    ({ origin, sentAt }) => ["user", "echo", "api"].includes(origin) && new Date(sentAt).getTime() > quietSince,
  );
  if (colleague) return "colleague_is_writing";
  return stateOf(row, now).repliesToday >= settings.maxRepliesPerDay ? "daily_limit" : null;
}

function stateOf(row: Row, now: Date): BotState {
  return {
    language: row.stateLanguage,
    greetedAt: row.greetedAt,
    asked: row.asked ?? {},
    lastAsked: row.lastAsked,
    answered: row.answered ?? [],
    stalledTurns: row.stalledTurns ?? 0,
    repliesToday: row.repliesOn === now.toISOString().slice(0, 10) ? (row.repliesToday ?? 0) : 0,
  };
}

type Row = {
  contactId: number;
  leadId: number | null;
  firstMessageId: number;
  lastMessageId: number;
  botEnabled: boolean;
  windowExpiresAt: string | null;
  deleted: boolean;
  name: string;
  email: string | null;
  company: string | null;
  need: string | null;
  language: string | null;
  companyName: string;
  locale: string;
  stateLanguage: string | null;
  greetedAt: string | null;
  asked: Record<string, number> | null;
  lastAsked: AskedField | null;
  answered: string[] | null;
  stalledTurns: number | null;
  repliesToday: number | null;
  repliesOn: string | null;
};

const turnOf = prepared<{ companyId: number; conversationId: number }>()(
  (_db, arg) => sql<Row>`
    select v.contact_id as "contactId", l.id as "leadId", t.first_message_id as "firstMessageId", t.last_message_id as "lastMessageId", v.bot_enabled as "botEnabled",
      v.window_expires_at as "windowExpiresAt", c.deleted_at is not null as deleted, c.name, c.email, o.name as company, l.need,
      c.language, co.name as "companyName", cs.locale, s.language as "stateLanguage", s.greeted_at as "greetedAt", s.asked,
      s.last_asked as "lastAsked", s.answered, s.stalled_turns as "stalledTurns", s.replies_today as "repliesToday",
      s.replies_on::text as "repliesOn"
    from bot_turns t
    join conversations v on v.company_id = t.company_id and v.id = t.conversation_id
    join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    join companies co on co.id = t.company_id
    join company_settings cs on cs.company_id = t.company_id
    left join organizations o on o.company_id = c.company_id and o.id = c.organization_id
    left join leads l on l.company_id = c.company_id and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null
    left join bot_states s on s.company_id = t.company_id and s.conversation_id = t.conversation_id
    where t.company_id = ${arg("companyId")}::bigint and t.conversation_id = ${arg("conversationId")}::bigint`,
);

const recentMessages = prepared<{ companyId: number; conversationId: number; limit: number }>()(
  (_db, arg) => sql<Recent>`
    select id, direction, origin, text, type, intents, sent_at as "sentAt" from messages
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
    order by sent_at desc, id desc limit ${arg("limit")}::int`,
);
