import { textOf } from "../../../shared/json.ts";
import { type GraphCall, missing } from "./graph-call.ts";
import { GraphRefusal } from "./graph-refusal.ts";

/** Whom a message goes to: by phone, by business-scoped user id, or by both, and then the phone wins. */
export type Recipient = { input: string; waId?: string; userId?: string };

export function recipientOf(call: GraphCall, message: Record<string, unknown>): Recipient {
  if (message.messaging_product !== "whatsapp")
    throw new GraphRefusal(100, "(#100) The parameter messaging_product is required.");
  if (message.recipient_type === "group") throw new GraphRefusal(100, "(#100) Groups are not played by the simulator.");
  const to = textOf(message.to);
  const userId = userIdOf(textOf(message.recipient) ?? (to !== undefined && /^[A-Z]{2}\./.test(to) ? to : undefined));
  if (to === undefined || to === userId) {
    if (userId === undefined) throw missing("to");
    return { input: userId, userId };
  }
  const waId = to.replace(/[\s()+.-]/g, "");
  if (!/^[1-9]\d{6,14}$/.test(waId))
    throw new GraphRefusal(100, "Invalid parameter: recipient phone number format is incorrect");
  if (waId === call.account.displayPhone.replace(/\D/g, ""))
    throw new GraphRefusal(131021, "Recipient phone number cannot be the same as the sender.");
  return { input: to, waId, ...(userId === undefined ? {} : { userId }) };
}

function userIdOf(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Z]{2}\.[A-Za-z0-9.]{1,128}$/.test(text)) return text;
  throw new GraphRefusal(100, "Invalid parameter: recipient is not a business-scoped user id");
}
