import type { Ctx } from "../context.ts";
import { changeConversation, type EditOptions } from "./change-conversation.ts";
import type { Conversation } from "./list-conversations.ts";

/** Whether the bot answers in this conversation. */
export async function switchBot(
  ctx: Ctx,
  id: number,
  bot: "on" | "off",
  options: EditOptions = {},
): Promise<Conversation> {
  const botEnabled = bot === "on";
  return changeConversation(
    ctx,
    id,
    { type: "conversation.bot_switched", next: (state) => ({ ...state, botEnabled }) },
    options,
  );
}
