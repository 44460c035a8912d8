import { cleanJson } from "../../../shared/clean-json.ts";
import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import type { ChannelKey, InboundUpdate } from "../../domain/conversations/inbound-update.ts";
import { unknownUpdate } from "./change.ts";
import { contactBook } from "./contact-book.ts";
import { parseChange } from "./parse-change.ts";

/**
 * Everything a webhook body of Meta's says, at least one update per body. Takes any JSON value and never throws:
 * what it cannot read comes out as `unknown`. All text in the updates is storable in PostgreSQL.
 */
export function parseWebhook(body: unknown, receivedAt: Date): InboundUpdate[] {
  const bodies = listOf(cleanJson(body));
  return bodies.length === 0 ? [notAWebhook(null)] : bodies.flatMap((item) => parseEnvelope(item, receivedAt));
}

function parseEnvelope(body: unknown, receivedAt: Date): InboundUpdate[] {
  const entries = listOf(objectOf(body)?.entry);
  return entries.length === 0 ? [notAWebhook(body)] : entries.flatMap((entry) => parseEntry(entry, receivedAt));
}

function parseEntry(item: unknown, receivedAt: Date): InboundUpdate[] {
  const entry = objectOf(item) ?? {};
  const source = { channel: channelOf(entry, {}), field: "" };
  const changes = listOf(entry.changes);
  if (changes.length === 0) return [unknownUpdate(source, "entry without changes", item)];
  return changes.flatMap((change) => {
    const values = listOf(objectOf(change)?.value);
    if (values.length === 0) return [unknownUpdate(source, "change without a value", change)];
    return values.flatMap((value) => parseValue(entry, change, value, receivedAt));
  });
}

function parseValue(entry: Record<string, unknown>, change: unknown, item: unknown, receivedAt: Date): InboundUpdate[] {
  const value = objectOf(item);
  const field = textOf(objectOf(change)?.field) ?? fieldImpliedBy(value);
  const channel = channelOf(entry, value ?? {});
  if (value === undefined) return [unknownUpdate({ channel, field }, "value is not an object", change)];
  const contacts = contactBook(value.contacts);
  return parseChange({ field, channel, value, contacts, entryTime: entry.time, receivedAt });
}

/** Bodies passed on by solution partners sometimes lack the field's name. */
function fieldImpliedBy(value: Record<string, unknown> | undefined): string {
  return value?.messages === undefined && value?.statuses === undefined ? "" : "messages";
}

function channelOf(entry: Record<string, unknown>, value: Record<string, unknown>): ChannelKey {
  const metadata = objectOf(value.metadata) ?? {};
  return withoutUndefined({
    provider: "whatsapp_cloud",
    // In PARTNER_… events the entry is the partner's portfolio, and the account stands inside.
    wabaId: textOf(objectOf(value.waba_info)?.waba_id) ?? textOf(entry.id),
    phoneNumberId: textOf(metadata.phone_number_id),
    displayPhone: textOf(metadata.display_phone_number) ?? textOf(value.display_phone_number),
  });
}

function notAWebhook(body: unknown): InboundUpdate {
  return unknownUpdate({ channel: { provider: "whatsapp_cloud" }, field: "" }, "no entry: not a webhook body", body);
}
