import { createHash } from "node:crypto";
import type { JsonObject } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import type { NewEvent } from "../events/record-event.ts";
import { recordNew } from "../events/record-new.ts";
import type { AccountEvent, UnknownUpdate } from "./apply-account-events.ts";

type Told = AccountEvent | UnknownUpdate;

/** The number an event came to, undefined where nobody connected one; `siblings` are the numbers of its account. */
type ToldOf = { update: Told; channelAccountId?: number; siblings: number[] };

/** Keeps each event in the journal, once, and gives those that were not there before: whatever follows of an event follows once. */
export async function journalAccountEvents<Item extends ToldOf>(tx: TxCtx, items: Item[]): Promise<Item[]> {
  const keyed = items.map((item) => ({ item, event: eventOf(tx, item), otherKeys: otherKeysOf(item) }));
  const written = await recordNew(tx, keyed);
  const seen = new Set<string>();
  return keyed.flatMap(({ item, event: { dedupeKey } }) => {
    if (!written.has(dedupeKey) || seen.has(dedupeKey)) return [];
    seen.add(dedupeKey);
    return [item];
  });
}

function eventOf(tx: TxCtx, { update, channelAccountId }: ToldOf): NewEvent & { dedupeKey: string } {
  return {
    type: update.kind === "unknown" ? "channel.unknown_update_received" : `channel.${eventWord(update.field)}_received`,
    ...(channelAccountId === undefined
      ? { subject: { kind: "company", id: tx.companyId }, dedupeKey: strangersKey(update) }
      : { subject: { kind: "channel_account", id: channelAccountId }, dedupeKey: keyOf(channelAccountId, update) }),
    data: {
      field: update.field,
      ...extrasOf(update),
      ...(channelAccountId === undefined ? strangerOf(update) : {}),
      details: update.details,
    },
    ...(update.kind === "account_event" ? { occurredAt: update.at } : {}),
  };
}

/** Under these it stands where it came while the account led to another number, or to none. */
function otherKeysOf({ update, siblings }: ToldOf): string[] {
  return [...siblings.map((id) => keyOf(id, update)), strangersKey(update)];
}

function keyOf(channelAccountId: number, update: Told): string {
  return `channel:${channelAccountId}:${hashOf(update)}`;
}

function strangersKey(update: Told): string {
  const { waba_id, phone_number_id } = strangerOf(update);
  return `channel:${waba_id ?? ""}/${phone_number_id ?? ""}:${hashOf(update)}`;
}

function strangerOf({ channel }: Told): { waba_id?: string; phone_number_id?: string } {
  if (channel.provider !== "whatsapp_cloud") return {};
  const { wabaId, phoneNumberId } = channel;
  return { ...(wabaId ? { waba_id: wabaId } : {}), ...(phoneNumberId ? { phone_number_id: phoneNumberId } : {}) };
}

function eventWord(field: string): string {
  const word = field
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 60);
  return word === "" ? "event" : word;
}

function extrasOf(update: Told): JsonObject {
  if (update.kind === "unknown") return { why: update.why };
  return update.event === undefined ? {} : { event: update.event };
}

function hashOf(update: Told): string {
  const at = update.kind === "account_event" && !update.untimed ? update.at.toISOString() : "";
  return createHash("sha256")
    .update(JSON.stringify([update.field, at, update.details]))
    .digest("base64url");
}
