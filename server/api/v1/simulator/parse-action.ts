import type { SimulatedAction } from "../../../../shared/v1/simulator.ts";
import type { PlayedAction } from "../../../channels/simulator/play-action.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { parseDigits } from "./parse-sender.ts";

export function parseAction(body: SimulatedAction): PlayedAction {
  const { action } = body;
  switch (action) {
    case "voice_note":
    case "location":
      return { action };
    case "picture":
      return { action, text: body.text };
    case "tap":
      return { action, messageId: needed("message_id", body.message_id), button: needed("button", body.button) };
    case "choose":
      return { action, messageId: needed("message_id", body.message_id), rowId: needed("row_id", body.row_id) };
    case "react":
      return { action, messageId: needed("message_id", body.message_id), emoji: body.emoji ?? "" };
    case "reply":
    case "edit":
      return { action, messageId: needed("message_id", body.message_id), text: needed("text", body.text) };
    case "revoke":
    case "listen":
      return { action, messageId: needed("message_id", body.message_id) };
    case "ad":
      return { action, text: body.text ?? "Hello! Can I get more info on this?" };
    case "several":
      return { action, texts: needed("texts", body.texts) };
    case "change_number":
      return { action, newPhone: parseDigits("new_phone", needed("new_phone", body.new_phone)) };
  }
}

function needed<Value>(path: string, value: Value | undefined): Value {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    throw invalid(path, `${path} is required for this action`);
  return value;
}
