import { type RawBuilder, sql } from "kysely";
import { objectOf, textOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { AccountEvent } from "../channels/apply-account-events.ts";
import type { TxCtx } from "../context.ts";

/** Keeps the known state of message templates: status, category, quality, each as the latest event on it says. */
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
        at: event.at.toISOString(),
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
  at: string;
}>()(
  (_db, arg) => sql<never>`
    insert into templates as t (company_id, waba_id, provider_id, name, language, category, status, quality, reason, told_at)
    values (${arg("companyId")}, ${arg("wabaId")}, ${arg("providerId")}, ${arg("name")}, ${arg("language")}, ${arg("category")},
      coalesce(${arg("status")}::text, 'UNKNOWN'), ${arg("quality")}, ${arg("reason")},
      ${latestTimes(arg("at"), { status: arg("status"), category: arg("category"), quality: arg("quality") })})
    on conflict (company_id, coalesce(waba_id, ''), name, language) do update set
      provider_id = coalesce(excluded.provider_id, t.provider_id),
      category = ${latest("category", arg("category"), arg("at"))}, status = ${latest("status", arg("status"), arg("at"))},
      quality = ${latest("quality", arg("quality"), arg("at"))},
      reason = case when ${isLatest("status", arg("at"))} then coalesce(excluded.reason, t.reason) else t.reason end,
      told_at = t.told_at || (select coalesce(jsonb_object_agg(n.key, n.value), '{}') from jsonb_each(excluded.told_at) n
        where coalesce((t.told_at ->> n.key)::timestamptz, '-infinity') <= ${arg("at")}::timestamptz), updated_at = now()`,
);

type Thing = "status" | "category" | "quality";

function isLatest(thing: Thing, at: string): RawBuilder<boolean> {
  return sql`coalesce((t.told_at ->> ${sql.lit(thing)})::timestamptz, '-infinity') <= ${at}::timestamptz`;
}

function latest(thing: Thing, value: string | null, at: string): RawBuilder<string | null> {
  return sql`case when ${isLatest(thing, at)} then coalesce(${value}::text, t.${sql.ref(thing)}) else t.${sql.ref(thing)} end`;
}

/** The event's time for each thing that it names. */
function latestTimes(at: string, said: Record<Thing, string | null>): RawBuilder<unknown> {
  const pairs = (["status", "category", "quality"] as const).map(
    (thing) => sql`${sql.lit(thing)}, case when ${said[thing]}::text is not null then ${at}::text end`,
  );
  return sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(pairs)}))`;
}
