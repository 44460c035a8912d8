import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Reads, TxCtx } from "../context.ts";
import { scheduleTemplateWebhook } from "./schedule-webhooks.ts";
import { simulatorSettings } from "./simulator-settings.ts";
import { vendorId } from "./vendor-id.ts";

export type SimulatedTemplate = {
  id: number;
  templateId: string;
  name: string;
  language: string;
  category: string;
  parameterFormat: string;
  components: Json;
  status: string;
  rejectedReason: string;
  /** When it was last edited after an approval. */
  editedAt: string | null;
};

export type NewSimulatedTemplate = Pick<
  SimulatedTemplate,
  "name" | "language" | "category" | "parameterFormat" | "components"
> & { wabaId: string };

/** The verdict that a review ends with, after the delay in the settings. */
export type Verdict = "APPROVED" | "REJECTED";

/** A page by id, oldest first; `after` is the last id of the page before. */
export async function listSimulatedTemplates(
  ctx: Ctx,
  page: { limit: number; after: number; name?: string | undefined; status?: string | undefined },
): Promise<SimulatedTemplate[]> {
  await simulatorSettings(ctx);
  const { limit, after, name = null, status = null } = page;
  return ctx.db.all(selectPage({ companyId: ctx.companyId, limit, after, name, status }));
}

export async function findSimulatedTemplate(
  ctx: Ctx,
  name: string,
  language: string,
): Promise<SimulatedTemplate | undefined> {
  await simulatorSettings(ctx);
  return ctx.db.first(selectNamed({ companyId: ctx.companyId, name, language }));
}

/** The Graph API names a template by its id alone; the company comes with it. */
export function findTemplateById(
  db: Pick<Reads, "first">,
  templateId: string,
): Promise<(SimulatedTemplate & { companyId: number }) | undefined> {
  return db.first(selectById({ templateId }));
}

/** Stores it as pending and lets the review begin; nothing where the name is taken in this language. */
export async function createSimulatedTemplate(
  tx: TxCtx,
  template: NewSimulatedTemplate,
  verdict: Verdict,
): Promise<SimulatedTemplate | undefined> {
  await simulatorSettings(tx);
  const { components, ...rest } = template;
  const made = await tx.tx.first(
    insertTemplate({
      companyId: tx.companyId,
      templateId: vendorId(),
      components: JSON.stringify(components),
      ...rest,
    }),
  );
  if (made) await review(tx, made.id, verdict);
  return made;
}

export async function editSimulatedTemplate(
  tx: TxCtx,
  id: number,
  change: { components: Json; category: string },
  verdict: Verdict,
): Promise<void> {
  const { components, category } = change;
  const key = { companyId: tx.companyId, id };
  const now = tx.now().toISOString();
  await tx.tx.run(updateTemplate({ ...key, components: JSON.stringify(components), category, now }));
  await review(tx, id, verdict);
}

/** All languages of a name, or one of them by its id. Returns how many went. */
export async function deleteSimulatedTemplates(
  tx: TxCtx,
  name: string,
  templateId: string | undefined,
): Promise<number> {
  return tx.tx.run(deleteTemplates({ companyId: tx.companyId, name, templateId: templateId ?? null }));
}

async function review(tx: TxCtx, id: number, verdict: Verdict): Promise<void> {
  const { reviewAfterMs } = await simulatorSettings(tx);
  await scheduleTemplateWebhook(tx, {
    templateId: id,
    status: verdict,
    at: new Date(tx.now().getTime() + reviewAfterMs),
  });
}

const columns = sql`
  id, template_id as "templateId", name, language, category, parameter_format as "parameterFormat", components, status,
  rejected_reason as "rejectedReason", edited_at as "editedAt"`;

const selectPage = prepared<{
  companyId: number;
  limit: number;
  after: number;
  name: string | null;
  status: string | null;
}>()(
  (_db, arg) => sql<SimulatedTemplate>`
    select ${columns} from simulator_templates
    where company_id = ${arg("companyId")} and id > ${arg("after")}::bigint
      and (${arg("name")}::text is null or name = ${arg("name")}::text)
      and (${arg("status")}::text is null or status = ${arg("status")}::text)
    order by id limit ${arg("limit")}`,
);

const selectNamed = prepared<{ companyId: number; name: string; language: string }>()(
  (_db, arg) => sql<SimulatedTemplate>`
    select ${columns} from simulator_templates where company_id = ${arg("companyId")} and name = ${arg("name")}
      and language = ${arg("language")}`,
);

const selectById = prepared<{ templateId: string }>()(
  (_db, arg) => sql<SimulatedTemplate & { companyId: number }>`
    select company_id as "companyId", ${columns} from simulator_templates where template_id = ${arg("templateId")} limit 1`,
);

const insertTemplate = prepared<{
  companyId: number;
  wabaId: string;
  templateId: string;
  name: string;
  language: string;
  category: string;
  parameterFormat: string;
  components: string;
}>()(
  (_db, arg) => sql<SimulatedTemplate>`
    insert into simulator_templates (company_id, waba_id, template_id, name, language, category, parameter_format, components, status)
    values (${arg("companyId")}::bigint, ${arg("wabaId")}::text, ${arg("templateId")}::text, ${arg("name")}::text,
      ${arg("language")}::text, ${arg("category")}::text, ${arg("parameterFormat")}::text, ${arg("components")}::jsonb, 'PENDING')
    on conflict do nothing returning ${columns}`,
);

const updateTemplate = prepared<{
  companyId: number;
  id: number;
  components: string;
  category: string;
  now: string;
}>()(
  (_db, arg) => sql<never>`
    update simulator_templates set components = ${arg("components")}::jsonb, category = ${arg("category")}::text, status = 'PENDING',
      rejected_reason = 'NONE', edited_at = case when status = 'APPROVED' then ${arg("now")}::timestamptz else edited_at end
    where company_id = ${arg("companyId")} and id = ${arg("id")}`,
);

const deleteTemplates = prepared<{ companyId: number; name: string; templateId: string | null }>()(
  (_db, arg) => sql<never>`
    delete from simulator_templates where company_id = ${arg("companyId")} and name = ${arg("name")}
      and (${arg("templateId")}::text is null or template_id = ${arg("templateId")}::text)`,
);
