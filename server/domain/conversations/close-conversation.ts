import type { Ctx } from "../context.ts";
import { changeConversation, type EditOptions } from "./change-conversation.ts";
import type { Conversation } from "./list-conversations.ts";

/** Ends a conversation; the next message from the person opens it again. A closed one keeps its time of closing. */
export async function closeConversation(ctx: Ctx, id: number, options: EditOptions = {}): Promise<Conversation> {
  const closedAt = ctx.now().toISOString();
  return changeConversation(
    ctx,
    id,
    {
      type: "conversation.closed",
      next: (state) =>
        state.status === "closed" ? state : { ...state, status: "closed", snoozedUntil: null, closedAt },
    },
    options,
  );
}

/** Takes a closed or snoozed conversation up again. */
export async function reopenConversation(ctx: Ctx, id: number, options: EditOptions = {}): Promise<Conversation> {
  return changeConversation(
    ctx,
    id,
    {
      type: "conversation.reopened",
      next: (state) => ({ ...state, status: "open", snoozedUntil: null, closedAt: null }),
    },
    options,
  );
}
