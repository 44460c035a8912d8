import { objectOf, textOf } from "../../../shared/json.ts";
import { readByBusiness } from "../../domain/simulator/read-messages.ts";
import type { GraphAnswer } from "../whatsapp-cloud/graph-transport.ts";
import { type GraphCall, missing, notValid, ok } from "./graph-call.ts";

const typingMs = 25_000;

/** POST /{phone}/messages with a status: marks the customer's messages up to this one as read, and shows that the business types. */
export async function readMessage(call: GraphCall): Promise<GraphAnswer> {
  const { ctx, account } = call;
  const body = objectOf(call.request.body) ?? {};
  const providerId = textOf(body.message_id);
  if (body.status !== "read") throw notValid("status must be one of {read}");
  if (providerId === undefined) throw missing("message_id");
  const typingUntil = body.typing_indicator === undefined ? null : new Date(ctx.now().getTime() + typingMs);
  const { channelAccountId } = account;
  const known = await ctx.transact((tx) => readByBusiness(tx, { channelAccountId, providerId, typingUntil }));
  // What came in by another way than the simulator's screen stands on no simulated phone, and is read all the same.
  if (!known && !providerId.startsWith("wamid.")) throw notValid("message_id: no such message");
  return ok({ success: true });
}
