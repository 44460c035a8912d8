import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { recordEvent } from "../events/record-event.ts";
import { conflict, holdSend } from "./held-send.ts";
import { writeEnds } from "./outbox/write-ends.ts";
import { again } from "./retry-message.ts";

/** What a person decides over a message of which nobody knows whether it was taken; they may have seen the phone. */
export type Settlement = "send_again" | "not_sent";

export async function settleMessage(ctx: Ctx, messageId: number, settlement: Settlement): Promise<Message> {
  return ctx.transact(async (tx) => {
    const { id, state } = await holdSend(tx, messageId);
    if (state !== "unknown") throw conflict("It is known what became of this message; there is nothing to settle.");
    await recordEvent(tx, {
      type: "message.settled",
      subject: { kind: "message", id: messageId },
      data: { settlement, user_id: actingUserId(tx) },
    });
    if (settlement === "send_again") {
      await tx.tx.run(allowAgain({ companyId: tx.companyId, id }));
      return again(tx, messageId);
    }
    const reason = "Somebody saw that it did not arrive, and left it at that.";
    const error = { code: null, title: reason, details: "", class: "never" };
    await writeEnds(tx, [{ sendId: id, messageId, end: { state: "failed", reason, errorClass: "never", error } }]);
    return getMessage(tx, messageId);
  });
}

const allowAgain = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update outbound_sends set resends = 0 where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
