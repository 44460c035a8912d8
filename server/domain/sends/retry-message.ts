import type { Ctx, TxCtx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { conflict, holdSend } from "./held-send.ts";
import { requeueSend } from "./requeue-send.ts";

/** Sends a failed or cancelled message again: the same message, a new attempt, after the policy was asked again. */
export async function retryMessage(ctx: Ctx, messageId: number): Promise<Message> {
  return ctx.transact(async (tx) => {
    const { state } = await holdSend(tx, messageId);
    if (state === "unknown")
      throw conflict(
        "Nobody knows whether WhatsApp took this message. Settle that first: send it again on purpose, or mark it as not sent.",
      );
    if (state !== "failed" && state !== "cancelled") throw conflict("This message has not failed.");
    return again(tx, messageId);
  });
}

export async function again(tx: TxCtx, messageId: number): Promise<Message> {
  await requeueSend(tx, messageId);
  return getMessage(tx, messageId);
}
