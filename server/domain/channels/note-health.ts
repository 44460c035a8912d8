import { sql } from "kysely";
import { objectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { AccountEvent } from "./apply-account-events.ts";
import { takeLatest } from "./latest-word.ts";

/** The latest word on a number stands on its account, so that a person sees it without reading the journal. */
export async function noteHealth(tx: TxCtx, update: AccountEvent, channelAccountId: number): Promise<void> {
  const { field, event, at } = update;
  if (!/^(account_|phone_number_|business_capability|security)/.test(field)) return;
  const details = objectOf(update.details) ?? {};
  const quality = field === "phone_number_quality_update" ? qualityWord(event) : null;
  const limit = textOf(details.max_daily_conversations_per_business) ?? textOf(details.current_limit) ?? null;
  const things = [field, ...(quality === null ? [] : ["quality_red"]), ...(limit === null ? [] : ["messaging_limit"])];
  const latest = await takeLatest(tx, { channelAccountId, things, at });
  const entry = latest.has(field) ? { [field]: { event: event ?? null, at: at.toISOString() } } : {};
  await tx.tx.run(
    setHealth({
      companyId: tx.companyId,
      id: channelAccountId,
      health: JSON.stringify(entry),
      quality: latest.has("quality_red") ? quality : null,
      businessId: textOf(objectOf(details.waba_info)?.owner_business_id) ?? null,
      limit: latest.has("messaging_limit") ? limit : null,
    }),
  );
}

/** Other words of this webhook speak of limits, not of quality. */
function qualityWord(event: string | undefined): string | null {
  if (event === "FLAGGED") return "RED";
  return event === "UNFLAGGED" ? "GREEN" : null;
}

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
