import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** A template as the vendor has it. */
export type VendorTemplate = {
  providerId: string;
  name: string;
  language: string;
  category: string | null;
  status: string;
  quality: string | null;
  parameterFormat: string | null;
  components: Json;
  reason: string | null;
};

/** Writes what the vendor has of an account's templates. Returns their ids in the order given. */
export async function storeTemplates(tx: TxCtx, wabaId: string, templates: VendorTemplate[]): Promise<number[]> {
  if (templates.length === 0) return [];
  const rows = await tx.tx.all(
    upsertTemplates({ companyId: tx.companyId, wabaId, rows: JSON.stringify(templates), now: tx.now().toISOString() }),
  );
  const ids = new Map(rows.map((row) => [`${row.name} ${row.language}`, row.id]));
  return templates.flatMap(({ name, language }) => ids.get(`${name} ${language}`) ?? []);
}

/** Templates that a whole sync has not seen are gone at the vendor. */
export async function dropUnseenTemplates(tx: TxCtx, wabaId: string, since: Date): Promise<void> {
  await tx.tx.run(deleteUnseen({ companyId: tx.companyId, wabaId, since: since.toISOString() }));
}

/** Deleted at the vendor: the row stays, because messages were sent with it. */
export async function markTemplateDeleted(tx: TxCtx, id: number): Promise<void> {
  await tx.tx.run(setDeleted({ companyId: tx.companyId, id, now: tx.now().toISOString() }));
  await recordTemplateEvent(tx, "template.deleted", [id]);
}

export async function recordTemplateEvent(
  tx: TxCtx,
  type: "template.created" | "template.updated" | "template.deleted",
  ids: number[],
): Promise<void> {
  await recordEvents(
    tx,
    ids.map((id) => ({ type, subject: { kind: "template", id } })),
  );
}

const upsertTemplates = prepared<{ companyId: number; wabaId: string; rows: string; now: string }>()(
  (_db, arg) => sql<{ id: number; name: string; language: string }>`
    insert into templates as t (company_id, waba_id, provider_id, name, language, category, status, quality, parameter_format,
      components, reason, synced_at, updated_at)
    select distinct on (r.name, r.language) ${arg("companyId")}::bigint, ${arg("wabaId")}::text, r."providerId", r.name, r.language,
      r.category, r.status, r.quality, r."parameterFormat", coalesce(r.components, '[]'), r.reason, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("providerId" text, name text, language text, category text, status text,
      quality text, "parameterFormat" text, components jsonb, reason text)
    on conflict (company_id, coalesce(waba_id, ''), name, language) do update set
      provider_id = excluded.provider_id, category = coalesce(excluded.category, t.category), status = excluded.status,
      quality = coalesce(excluded.quality, t.quality), parameter_format = coalesce(excluded.parameter_format, t.parameter_format),
      components = case when excluded.components = '[]' then t.components else excluded.components end, reason = excluded.reason,
      synced_at = excluded.synced_at, updated_at = excluded.updated_at
    returning t.id, t.name, t.language`,
);

const deleteUnseen = prepared<{ companyId: number; wabaId: string; since: string }>()(
  (_db, arg) => sql<never>`
    update templates set status = 'DELETED', updated_at = ${arg("since")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and waba_id = ${arg("wabaId")}::text and status <> 'DELETED'
      and (synced_at is null or synced_at < ${arg("since")}::timestamptz)
      and updated_at < ${arg("since")}::timestamptz`,
);

const setDeleted = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update templates set status = 'DELETED', updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
