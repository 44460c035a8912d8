import { requireMember } from "../accounts/require-member.ts";
import type { Ctx } from "../context.ts";
import { bringIntoReach } from "../conversations/bring-into-reach.ts";
import type { ConversationState } from "../conversations/change-conversation.ts";
import { type HeldConversation, lockConversations, writeConversations } from "../conversations/change-conversations.ts";
import { invalid } from "../domain-error.ts";
import { mostAtOnce } from "./change-contacts.ts";
import type { ChangeRow, ChangeSet } from "./change-set.ts";
import { writeChangeSet } from "./change-set-rows.ts";
import { summaryOf } from "./summary-of.ts";

export type ConversationAction =
  | { type: "assign"; assigneeUserId: number | null }
  | { type: "close" }
  | { type: "reopen" };

/** One act on many conversations, as the single ones do it, in one transaction that can be undone. */
export async function changeManyConversations(
  ctx: Ctx,
  named: number[],
  action: ConversationAction,
): Promise<ChangeSet> {
  const ids = [...new Set(named)];
  if (ids.length === 0 || ids.length > mostAtOnce) throw invalid("ids", `ids must name 1 to ${mostAtOnce} records`);
  return ctx.transact(async (tx) => {
    if (action.type === "assign") await requireMember(tx, "userId", action.assigneeUserId);
    const found = await lockConversations(tx, ids);
    const closedAt = tx.now().toISOString();
    const contactIds = [...found.values()].map(({ contactId }) => contactId);
    if (action.type === "assign" && action.assigneeUserId !== null)
      await bringIntoReach(tx, action.assigneeUserId, contactIds);
    const wanted = [...found.values()].map((held) => ({ held, next: nextOf(held, action, closedAt) }));
    const changed = await writeConversations(tx, types[action.type], wanted);
    const changes = ids.map((id): ChangeRow => {
      const change = changed.get(id);
      if (change) return { id, result: "changed", reason: null, ...change };
      const nothing = { id, before: null, after: null };
      if (found.has(id)) return { ...nothing, result: "unchanged", reason: null };
      return { ...nothing, result: "skipped", reason: "There is no such conversation." };
    });
    const summary = summaryOf(words[action.type], changed.size, "conversation");
    return writeChangeSet(tx, { kind: `conversations.${action.type}`, summary, changes });
  });
}

function nextOf(held: HeldConversation, action: ConversationAction, closedAt: string): Partial<ConversationState> {
  switch (action.type) {
    case "assign":
      return { assigneeUserId: action.assigneeUserId };
    case "close":
      return held.status === "closed" ? {} : { status: "closed", snoozedUntil: null, closedAt };
    case "reopen":
      return { status: "open", snoozedUntil: null, closedAt: null };
  }
}

const types = {
  assign: "conversation.assigned",
  close: "conversation.closed",
  reopen: "conversation.reopened",
} as const;
const words = { assign: "Assigned", close: "Closed", reopen: "Reopened" } as const;
