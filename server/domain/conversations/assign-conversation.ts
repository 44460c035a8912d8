import { requireMember } from "../accounts/require-member.ts";
import type { Ctx } from "../context.ts";
import { bringIntoReach } from "./bring-into-reach.ts";
import { changeConversation, type EditOptions } from "./change-conversation.ts";
import type { Conversation } from "./list-conversations.ts";

/** Gives a conversation to a member, or to nobody. */
export async function assignConversation(
  ctx: Ctx,
  id: number,
  assigneeUserId: number | null,
  options: EditOptions = {},
): Promise<Conversation> {
  const type = "conversation.assigned";
  return changeConversation(
    ctx,
    id,
    {
      type,
      async next(state, tx, contactId) {
        await requireMember(tx, "userId", assigneeUserId);
        if (assigneeUserId !== null) await bringIntoReach(tx, assigneeUserId, [contactId]);
        return { ...state, assigneeUserId };
      },
    },
    options,
  );
}
