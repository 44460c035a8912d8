import { createHash } from "node:crypto";
import { sql } from "kysely";
import { type JsonObject, objectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { InboundUpdate } from "../conversations/inbound-update.ts";
import type { Routed } from "../conversations/receive-messages.ts";
import { recordEvents } from "../events/record-event.ts";
import { applyTemplateEvents } from "../templates/apply-template-events.ts";
import { followAccountEvent } from "./follow-account-event.ts";

export type AccountEvent = Extract<InboundUpdate, { kind: "account_event" }>;
export type UnknownUpdate = Extract<InboundUpdate, { kind: "unknown" }>;

/** What a vendor says of an account (quality, bans, templates, calls, groups) and what nobody understood: kept in the journal, once. */
export async function applyAccountEvents(tx: TxCtx, items: Routed<AccountEvent | UnknownUpdate>[]): Promise<void> {
  await recordEvents(
    tx,
    items.map(({ update, channelAccountId }) => ({
      type:
        update.kind === "unknown" ? "channel.unknown_update_received" : `channel.${eventWord(update.field)}_received`,
      subject: { kind: "channel_account", id: channelAccountId },
      data: { field: update.field, ...extrasOf(update), details: update.details },
      dedupeKey: `channel:${channelAccountId}:${hashOf(update)}`,
      ...(update.kind === "account_event" ? { occurredAt: update.at } : {}),
    })),
  );
  const accountEvents = items.flatMap(({ update, channelAccountId }) =>
    update.kind === "account_event" ? [{ update, channelAccountId }] : [],
  );
  await noteHealth(tx, accountEvents);
  for (const { update, channelAccountId } of accountEvents)
    await followAccountEvent(tx, update, await numbersOf(tx, update, channelAccountId));
  await applyTemplateEvents(
    tx,
    accountEvents.filter(({ update }) => /^(message_)?template_/.test(update.field)).map(({ update }) => update),
  );
}

function eventWord(field: string): string {
  const word = field
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, 60);
  return word === "" ? "event" : word;
}

function extrasOf(update: AccountEvent | UnknownUpdate): JsonObject {
  if (update.kind === "unknown") return { why: update.why };
  return update.event === undefined ? {} : { event: update.event };
}

function hashOf(update: AccountEvent | UnknownUpdate): string {
  const at = update.kind === "account_event" && !update.untimed ? update.at.toISOString() : "";
  return createHash("sha256")
    .update(JSON.stringify([update.field, at, update.details]))
    .digest("base64url");
}

/** The latest word on a number stands on its account, so that a person sees it without reading the journal. */
async function noteHealth(tx: TxCtx, events: { update: AccountEvent; channelAccountId: number }[]): Promise<void> {
  for (const { update, channelAccountId } of events) {
    if (!/^(account_|phone_number_|business_capability|security)/.test(update.field)) continue;
    const details = objectOf(update.details) ?? {};
    const entry: JsonObject = { event: update.event ?? null, at: update.at.toISOString() };
    await tx.tx.run(
      setHealth({
        companyId: tx.companyId,
        id: channelAccountId,
        health: JSON.stringify({ [update.field]: entry }),
        quality: update.field === "phone_number_quality_update" ? qualityWord(update.event) : null,
        businessId: textOf(objectOf(details.waba_info)?.owner_business_id) ?? null,
        limit: textOf(details.max_daily_conversations_per_business) ?? textOf(details.current_limit) ?? null,
      }),
    );
  }
}

/** Other words of this webhook speak of limits, not of quality. */
function qualityWord(event: string | undefined): string | null {
  if (event === "FLAGGED") return "RED";
  return event === "UNFLAGGED" ? "GREEN" : null;
}

/** What is said of an account holds for all its numbers; what is said of a number, for that one. */
async function numbersOf(tx: TxCtx, { field, channel }: AccountEvent, channelAccountId: number): Promise<number[]> {
  const wabaId = channel.provider === "whatsapp_cloud" ? channel.wabaId : undefined;
  if (!/^account_/.test(field) || wabaId === undefined) return [channelAccountId];
  const rows = await tx.tx.all(selectNumbers({ companyId: tx.companyId, wabaId }));
  return [...new Set([channelAccountId, ...rows.map(({ id }) => id)])];
}

const selectNumbers = prepared<{ companyId: number; wabaId: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from channel_accounts where company_id = ${arg("companyId")}::bigint and waba_id = ${arg("wabaId")}::text
    order by id limit 1000`,
);

const setHealth = prepared<{
  companyId: number;
  id: number;
  health: string;
  quality: string | null;
  businessId: string | null;
  limit: string | null;
}>()(
  (_db, arg) => sql<never>`
    update channel_accounts set health = health || ${arg("health")}::jsonb, quality = coalesce(${arg("quality")}::text, quality),
      business_id = coalesce(business_id, ${arg("businessId")}::text),
      messaging_limit = coalesce(${arg("limit")}::text, messaging_limit), updated_at = now()
    where company_id = ${arg("companyId")} and id = ${arg("id")}`,
);
