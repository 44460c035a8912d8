import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireInReach } from "../contacts/require-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { type Conversation, getConversation } from "./list-conversations.ts";

/** What people (and the bot's switch) set on a conversation; messages write everything else. */
export type ConversationState = {
  status: "open" | "snoozed" | "closed";
  assigneeUserId: number | null;
  snoozedUntil: string | null;
  botEnabled: boolean;
  closedAt: string | null;
};

export type ConversationChange = {
  /** noun.past_tense */
  type: string;
  next: (state: ConversationState, tx: TxCtx, contactId: number) => ConversationState | Promise<ConversationState>;
};

export type EditOptions = { ifVersion?: number };

/** One act on one conversation: locked, changed, told once. What is so already changes nothing and is not told. */
export async function changeConversation(
  ctx: Ctx,
  id: number,
  { type, next }: ConversationChange,
  options: EditOptions = {},
): Promise<Conversation> {
  return ctx.transact(async (tx) => {
    const held = await tx.tx.first(lockConversation({ companyId: tx.companyId, id }));
    if (!held) throw notFound("conversation", id);
    const { contactId, version, ...before } = held;
    await requireInReach(tx, "conversation", { id, contactId });
    requireVersion("conversation", version, options.ifVersion);
    const after = await next(before, tx, contactId);
    const change = changedFields(before, after);
    if (change) {
      await tx.tx.run(writeState({ ...after, companyId: tx.companyId, id, now: tx.now().toISOString() }));
      await recordEvent(tx, { type, subject: { kind: "conversation", id }, contactId, ...change });
    }
    return getConversation(tx, id);
  });
}

type Held = ConversationState & { contactId: number; version: number };

const lockConversation = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Held>`
    select contact_id as "contactId", version, status, assignee_user_id as "assigneeUserId", snoozed_until as "snoozedUntil",
      bot_enabled as "botEnabled", closed_at as "closedAt"
    from conversations where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint for update`,
);

const writeState = prepared<ConversationState & { companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update conversations set status = ${arg("status")}::text, assignee_user_id = ${arg("assigneeUserId")}::bigint,
      snoozed_until = ${arg("snoozedUntil")}::timestamptz, bot_enabled = ${arg("botEnabled")}::boolean,
      closed_at = ${arg("closedAt")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
