import type { ErrorClass, SendOutcome } from "../../../server/domain/sends/channel-sender.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { steadyNow } from "../../../server/domain/steady-now.ts";
import type { Thread } from "./thread.ts";

/** The vendor says no. */
export const refused = (errorClass: ErrorClass, code = 1): SendOutcome => ({
  kind: "refused",
  error: { class: errorClass, code, title: "Refused", details: "for the test" },
});

/** A message in the thread, as a member writes it. */
export function write({ c, conversationId }: Thread, text = "Hello") {
  return queueMessage(c, { conversationId, content: { type: "text", text }, origin: "user" });
}

/** A clock that the test moves. */
export function clock() {
  let at = steadyNow().getTime();
  const pass = (seconds: number) => {
    at += seconds * 1_000;
  };
  return { now: () => new Date(at), pass };
}
