import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { accountEvents, errorEvents, isAccountField } from "./account-events.ts";
import { type Change, unknownUpdate } from "./change.ts";
import { parseContactSync } from "./parse-contact-sync.ts";
import { parseEchoes } from "./parse-echoes.ts";
import { parseHistory } from "./parse-history.ts";
import { parseMessages } from "./parse-messages.ts";
import { parsePreferences } from "./parse-preferences.ts";
import { parseStatuses } from "./parse-statuses.ts";
import { parseUserIdUpdates } from "./parse-user-id-updates.ts";

/** The updates of one change. Errors may stand beside anything. */
export function parseChange(change: Change): InboundUpdate[] {
  const updates = parseField(change).concat(errorEvents(change, change.value.errors));
  return updates.length > 0 ? updates : [unknownUpdate(change, "nothing known in this change", change.value)];
}

function parseField(change: Change): InboundUpdate[] {
  switch (change.field) {
    case "messages":
      return parseMessages(change).concat(parseStatuses(change));
    case "smb_message_echoes":
      return parseEchoes(change);
    case "history":
      return parseHistory(change);
    case "smb_app_state_sync":
      return parseContactSync(change);
    case "user_preferences":
      return parsePreferences(change);
    case "user_id_update":
      return parseUserIdUpdates(change);
    default:
      if (isAccountField(change.field)) return accountEvents(change);
      return [unknownUpdate(change, "field not known", change.value)];
  }
}
