import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

export type Message = {
  id: number;
  conversationId: number;
  contactId: number;
  direction: "in" | "out";
  origin: string;
  type: string;
  text: string | null;
  payload: Json;
  providerId: string | null;
  replyToProviderId: string | null;
  intents: string[];
  authorUserId: number | null;
  templateId: number | null;
  status: string | null;
  /** In our words: why it waits, why it failed; null where there is nothing to say. */
  statusReason: string | null;
  /** When it was written; the vendor's time for what came in. */
  sentAt: string;
  acceptedAt: string | null;
  /** When the vendor told that it is on its way: the state "sent". */
  statusSentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  playedAt: string | null;
  failedAt: string | null;
  error: Json;
  editedAt: string | null;
  revokedAt: string | null;
};

export type MessageCursor = { sentAt: string; id: number };

export type MessagePage = { items: Message[]; next: MessageCursor | null };

/** A thread, newest first, by the provider's time. */
export async function listMessages(
  ctx: Ctx,
  { conversationId, limit, cursor }: { conversationId: number; limit: number; cursor?: MessageCursor },
): Promise<MessagePage> {
  const rows = await ctx.db.all(
    messagesOfConversation({
      companyId: ctx.companyId,
      conversationId,
      limit: limit + 1,
      at: cursor?.sentAt ?? "infinity",
      id: cursor?.id ?? Number.MAX_SAFE_INTEGER,
      ...reachArgs(ctx),
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { sentAt: last.sentAt, id: last.id } : null };
}

export const messageColumns = sql`id, conversation_id as "conversationId", contact_id as "contactId", direction, origin, type, text, payload,
  provider_id as "providerId", reply_to_provider_id as "replyToProviderId", intents, author_user_id as "authorUserId",
  template_id as "templateId", status, status_reason as "statusReason", sent_at as "sentAt", accepted_at as "acceptedAt", status_sent_at as "statusSentAt",
  delivered_at as "deliveredAt", read_at as "readAt", played_at as "playedAt", failed_at as "failedAt", error,
  edited_at as "editedAt", revoked_at as "revokedAt"`;

export const messagesOfConversation = prepared<
  { companyId: number; conversationId: number; limit: number; at: string; id: number } & ReachArgs
>()(
  (_db, arg) => sql<Message>`
    select ${messageColumns} from messages
    where company_id = ${arg("companyId")} and conversation_id = ${arg("conversationId")}
      and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })}
    order by sent_at desc, id desc limit ${arg("limit")}`,
);
