import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { PhoneView } from "./phone-view.ts";

export type PhoneMessage = {
  id: number;
  author: "business" | "customer";
  providerId: string;
  type: string;
  view: PhoneView;
  replyTo: string | null;
  status: string;
  error: Json;
  sentAt: string;
  readAt: string | null;
  editedAt: string | null;
  revokedAt: string | null;
  /** Who reacted with what; whoever took it back is not there. */
  reactions: { author: "business" | "customer"; emoji: string }[];
};

export type PhoneMessagePage = { items: PhoneMessage[]; next: number | null };

/** A phone's thread, newest first: what the customer wrote, and of the business what has arrived. */
export async function listPhoneMessages(
  ctx: Ctx,
  { phoneId, limit, before }: { phoneId: number; limit: number; before?: number | undefined },
): Promise<PhoneMessagePage> {
  const rows = await ctx.db.all(
    selectThread({
      companyId: ctx.companyId,
      phoneId,
      limit: limit + 1,
      before: before ?? Number.MAX_SAFE_INTEGER,
      now: ctx.now().toISOString(),
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? last.id : null };
}

/** A message on this phone by WhatsApp's id. */
export function findPhoneMessage(
  ctx: Ctx,
  phoneId: number,
  providerId: string,
): Promise<Omit<PhoneMessage, "reactions"> | undefined> {
  return ctx.db.first(selectMessage({ companyId: ctx.companyId, phoneId, providerId, now: ctx.now().toISOString() }));
}

const columns = sql`
  m.id, m.author, m.provider_id as "providerId", m.type, coalesce(m.rendered, '{}') as view, m.reply_to as "replyTo", m.status, m.error,
  m.sent_at as "sentAt", m.read_at as "readAt", m.edited_at as "editedAt", m.revoked_at as "revokedAt"`;

const selectThread = prepared<{ companyId: number; phoneId: number; limit: number; before: number; now: string }>()(
  (_db, arg) => sql<PhoneMessage>`
    select ${columns}, coalesce((
        select jsonb_agg(jsonb_build_object('author', r.author, 'emoji', r.emoji) order by r.author)
        from (
          select distinct on (author) author, body ->> 'emoji' as emoji from simulator_messages
          where company_id = m.company_id and reacts_to = m.provider_id and (visible_at <= ${arg("now")}::timestamptz or author = 'customer')
          order by author, id desc
        ) r where r.emoji <> ''
      ), '[]') as reactions
    from simulator_messages m
    where m.company_id = ${arg("companyId")} and m.phone_id = ${arg("phoneId")} and m.id < ${arg("before")}::bigint
      and m.reacts_to is null and (m.author = 'customer' or m.visible_at <= ${arg("now")}::timestamptz)
    order by m.id desc limit ${arg("limit")}`,
);

const selectMessage = prepared<{ companyId: number; phoneId: number; providerId: string; now: string }>()(
  (_db, arg) => sql<Omit<PhoneMessage, "reactions">>`
    select ${columns} from simulator_messages m
    where m.company_id = ${arg("companyId")} and m.phone_id = ${arg("phoneId")} and m.provider_id = ${arg("providerId")}
      and (m.author = 'customer' or m.visible_at <= ${arg("now")}::timestamptz)`,
);
