import { cleanJson } from "../../../shared/clean-json.ts";
import { jsonOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";
import { parseJsonKeepingBigIntegers } from "./parse-json.ts";

type Content = Pick<MessageContent, "text" | "payload" | "details">;

/** An answer to buttons, a list, a flow or a call permission request. */
export function interactiveContent(interactive: Record<string, unknown>): Content {
  const kind = textOf(interactive.type) ?? "";
  const reply = (Object.hasOwn(interactive, kind) && objectOf(interactive[kind])) || {};
  const details = jsonOf(interactive);
  switch (kind) {
    case "button_reply":
    case "list_reply":
      return withoutUndefined({ text: textOf(reply.title), payload: textOf(reply.id), details });
    case "nfm_reply":
      return withoutUndefined({ text: textOf(reply.body), details: withFlowAnswers(interactive, reply) });
    case "call_permission_reply":
      return withoutUndefined({ payload: textOf(reply.response), details });
    default:
      return withoutUndefined({ text: textOf(reply.title) ?? textOf(reply.body), payload: textOf(reply.id), details });
  }
}

/** A flow's answers come as JSON inside a string; they are added, parsed, as `response`. */
function withFlowAnswers(
  interactive: Record<string, unknown>,
  reply: Record<string, unknown>,
): MessageContent["details"] {
  const parsed = parseJsonKeepingBigIntegers(textOf(reply.response_json) ?? "");
  const response = parsed.ok ? objectOf(parsed.value) : undefined;
  // Escapes inside the string are decoded only here, so a NUL may appear again.
  return response === undefined ? jsonOf(interactive) : cleanJson({ ...interactive, response });
}
