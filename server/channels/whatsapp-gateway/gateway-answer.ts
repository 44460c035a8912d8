import { type Json, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { MessageContent } from "../../domain/conversations/inbound-update.ts";

type Fields = Record<string, unknown>;

/** A tap on a button, list row or template button, shaped like the Cloud API's; nothing for other messages. */
export function gatewayAnswer(word: string, fields: Fields): MessageContent | undefined {
  switch (word) {
    case "buttonsResponseMessage":
      return interactive("button_reply", fields.selectedButtonId, fields.selectedDisplayText);
    case "listResponseMessage":
      return interactive("list_reply", objectOf(fields.singleSelectReply)?.selectedRowId, fields.title);
    case "interactiveResponseMessage":
      return flowAnswer(fields);
    case "templateButtonReplyMessage":
      return withoutUndefined({
        type: "button",
        text: textOf(fields.selectedDisplayText),
        payload: textOf(fields.selectedId),
      });
    default:
      return undefined;
  }
}

function interactive(kind: string, id: unknown, title: unknown): MessageContent {
  const text = textOf(title);
  const payload = textOf(id);
  const reply: Json = withoutUndefined({ id: payload, title: text });
  return withoutUndefined({ type: "interactive", text, payload, details: { type: kind, [kind]: reply } });
}

function flowAnswer(fields: Fields): MessageContent {
  const flow = objectOf(fields.nativeFlowResponseMessage);
  const text = textOf(objectOf(fields.body)?.text);
  const name = textOf(flow?.name) ?? null;
  const details: Json = { type: "nfm_reply", nfm_reply: { name, response_json: textOf(flow?.paramsJson) ?? null } };
  return withoutUndefined({ type: "interactive", text, details });
}
