import { sql } from "kysely";
import { objectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { AccountEvent } from "../channels/apply-account-events.ts";
import type { TxCtx } from "../context.ts";

/** Keeps the known state of message templates: status, category, quality. */
export async function applyTemplateEvents(tx: TxCtx, events: AccountEvent[]): Promise<void> {
  for (const event of events) {
    const details = objectOf(event.details) ?? {};
    const name = textOf(details.message_template_name);
    if (name === undefined) continue;
    await tx.tx.run(
      upsertTemplate({
        companyId: tx.companyId,
        wabaId: event.channel.provider === "whatsapp_cloud" ? (event.channel.wabaId ?? null) : null,
        providerId: textOf(details.message_template_id) ?? null,
        name,
        language: textOf(details.message_template_language) ?? "en",
        category: textOf(details.new_category) ?? textOf(details.message_template_category) ?? null,
        status:
          event.field === "message_template_status_update" ? (event.event ?? textOf(details.event) ?? null) : null,
        quality: textOf(details.new_quality_score) ?? null,
        reason: textOf(details.reason) ?? null,
      }),
    );
  }
}

const upsertTemplate = prepared<{
  companyId: number;
  wabaId: string | null;
  providerId: string | null;
  name: string;
  language: string;
  category: string | null;
  status: string | null;
  quality: string | null;
  reason: string | null;
}>()(
  (_db, arg) => sql<never>`
    insert into templates (company_id, waba_id, provider_id, name, language, category, status, quality, reason)
    values (${arg("companyId")}, ${arg("wabaId")}, ${arg("providerId")}, ${arg("name")}, ${arg("language")}, ${arg("category")},
      coalesce(${arg("status")}::text, 'UNKNOWN'), ${arg("quality")}, ${arg("reason")})
    on conflict (company_id, coalesce(waba_id, ''), name, language) do update set
      provider_id = coalesce(excluded.provider_id, templates.provider_id), category = coalesce(excluded.category, templates.category),
      status = coalesce(${arg("status")}::text, templates.status), quality = coalesce(excluded.quality, templates.quality),
      reason = coalesce(excluded.reason, templates.reason), updated_at = now()`,
);
