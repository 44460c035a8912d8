import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";
import { changeConversation, type EditOptions } from "./change-conversation.ts";
import type { Conversation } from "./list-conversations.ts";

/** Puts a conversation aside until a time; a message from the person, or that time, brings it back. */
export async function snoozeConversation(
  ctx: Ctx,
  id: number,
  until: string,
  options: EditOptions = {},
): Promise<Conversation> {
  // Spelled as the database gives it back, so that the same time again is no change.
  const snoozedUntil = instantOf("until", until).replace(".000Z", "Z");
  if (Date.parse(snoozedUntil) <= ctx.now().getTime()) throw invalid("until", "until must lie in the future");
  return changeConversation(
    ctx,
    id,
    {
      type: "conversation.snoozed",
      next: (state) => ({ ...state, status: "snoozed", snoozedUntil, closedAt: null }),
    },
    options,
  );
}
