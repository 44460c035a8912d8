import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { writeOutgoingStates } from "../conversations/write-outgoing-state.ts";
import { conflict, holdSend } from "./held-send.ts";

/** Takes a message back that waits; one that is on its way, or may be, cannot be taken back. Cancelled twice is cancelled once. */
export async function cancelMessage(ctx: Ctx, messageId: number): Promise<Message> {
  return ctx.transact(async (tx) => {
    const { id, state } = await holdSend(tx, messageId);
    if (state === "cancelled") return getMessage(tx, messageId);
    if (state !== "queued")
      throw conflict(
        state === "failed"
          ? "This message has failed; nothing waits."
          : "This message is with WhatsApp, or may be, and cannot be taken back.",
      );
    await tx.tx.run(markCancelled({ companyId: tx.companyId, id, now: tx.now().toISOString() }));
    const reason = tx.actor.kind === "user" ? "Taken back before it left." : "Taken back by a program before it left.";
    await writeOutgoingStates(tx, [{ messageId, status: "cancelled", reason, at: tx.now() }]);
    return getMessage(tx, messageId);
  });
}

const markCancelled = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set state = 'cancelled', waiting_reason = null, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
