import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { conversationsFor } from "../conversations/conversations-for.ts";
import { type Conversation, getConversation } from "../conversations/list-conversations.ts";
import { invalid } from "../domain-error.ts";
import { sendingAccount } from "./sending-account.ts";

/** The conversation with a person on one of our numbers, made where there is none. Which number may be left out where there is one only. */
export async function startConversation(
  ctx: Ctx,
  { contactId, channelAccountId }: { contactId: number; channelAccountId?: number },
): Promise<Conversation> {
  return ctx.transact(async (tx) => {
    await requireContact(tx, contactId);
    const account = await sendingAccount(tx, channelAccountId);
    const wanted = { contactId, channelAccountId: account.id };
    const id = (await conversationsFor(tx, [wanted])).get(wanted);
    if (!id) throw invalid("contactId", "this conversation could not be started");
    return getConversation(tx, id);
  });
}
