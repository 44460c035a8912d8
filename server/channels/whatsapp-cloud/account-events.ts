import { jsonOf, listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";
import type { Change } from "./change.ts";

const accountFields = new Set([
  "account_alerts",
  "account_review_update",
  "account_settings_update",
  "account_update",
  "automatic_events",
  "business_capability_update",
  "business_username_updates",
  "calls",
  "flows",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "template_category_update",
]);

/** Lists inside account changes whose items are events of their own. */
const eventLists = ["calls", "statuses", "groups", "automatic_events"];

export function isAccountField(field: string): boolean {
  return accountFields.has(field);
}

/** One event per call, group or the like; one for the whole change where it lists nothing. */
export function accountEvents(change: Change): InboundUpdate[] {
  const events = eventLists.flatMap((key) =>
    listOf(change.value[key]).map((item) => accountEvent(change, item, { ...change.value, [key]: [item] })),
  );
  return events.length > 0 ? events : [accountEvent(change, change.value, change.value)];
}

/** `item` says what happened and when; `details` is kept whole. */
export function accountEvent(change: Change, item: unknown, details: unknown): InboundUpdate {
  const fields = objectOf(item) ?? {};
  const at = providerTime(fields.timestamp ?? change.entryTime, change.receivedAt);
  return withoutUndefined({
    kind: "account_event",
    channel: change.channel,
    field: change.field,
    event: eventWord(fields),
    at,
    untimed: at.getTime() === change.receivedAt.getTime(),
    details: jsonOf(details),
  });
}

export function errorEvents(change: Change, errors: unknown): InboundUpdate[] {
  const at = providerTime(change.entryTime, change.receivedAt);
  return listOf(errors).map((error) => ({
    kind: "account_event",
    channel: change.channel,
    field: change.field,
    event: "error",
    at,
    untimed: at.getTime() === change.receivedAt.getTime(),
    details: jsonOf(error),
  }));
}

/** Meta names what happened differently per field. */
function eventWord(fields: Record<string, unknown>): string | undefined {
  const alert = objectOf(fields.alert_info);
  const words = [fields.event, fields.decision, fields.status, fields.event_name, fields.type, alert?.alert_type];
  return [...words, fields.new_quality_score, fields.new_category].map(textOf).find((word) => word !== undefined);
}
