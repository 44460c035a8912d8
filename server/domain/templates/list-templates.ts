import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Page, pageOf } from "../page.ts";

export type Template = {
  id: number;
  wabaId: string | null;
  providerId: string | null;
  name: string;
  language: string;
  category: string | null;
  status: string;
  quality: string | null;
  parameterFormat: string | null;
  components: Json;
  reason: string | null;
  syncedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

export type TemplateFilter = { status?: string; category?: string; language?: string; q?: string; wabaId?: string };

/** Templates, newest first; deleted ones only where they are asked for by their status. */
export async function listTemplates(
  ctx: Ctx,
  { filter, limit, cursor = Number.MAX_SAFE_INTEGER }: { filter: TemplateFilter; limit: number; cursor?: number },
): Promise<Page<Template, number>> {
  const { status = null, category = null, language = null, q = null, wabaId = null } = filter;
  const pattern = q === null ? null : `%${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const args = { companyId: ctx.companyId, cursor, count: limit + 1, status, category, language, pattern, wabaId };
  return pageOf(await ctx.db.all(selectPage(args)), limit, ({ id }) => id);
}

export async function getTemplate(ctx: Ctx, id: number): Promise<Template> {
  const template = await ctx.db.first(selectOne({ companyId: ctx.companyId, id }));
  if (!template) throw notFound("template", id);
  return template;
}

type PageArgs = {
  companyId: number;
  cursor: number;
  count: number;
  status: string | null;
  category: string | null;
  language: string | null;
  pattern: string | null;
  wabaId: string | null;
};

// An account has 6,000 templates at most; the primary key gives them in order.
const selectPage = prepared<PageArgs>()(
  (_db, arg) => sql<Template>`
    select id, waba_id as "wabaId", provider_id as "providerId", name, language, category, status, quality,
      parameter_format as "parameterFormat", components, reason, synced_at as "syncedAt", created_at as "createdAt",
      updated_at as "updatedAt"
    from templates
    where company_id = ${arg("companyId")}::bigint and id < ${arg("cursor")}::bigint
      and case when ${arg("status")}::text is null then status <> 'DELETED' else status = upper(${arg("status")}::text) end
      and (${arg("category")}::text is null or upper(category) = upper(${arg("category")}::text))
      and (${arg("language")}::text is null or language = ${arg("language")}::text)
      and (${arg("wabaId")}::text is null or waba_id = ${arg("wabaId")}::text)
      and (${arg("pattern")}::text is null or name like ${arg("pattern")}::text or lower(components::text) like ${arg("pattern")}::text)
    order by id desc limit ${arg("count")}::int`,
);

const selectOne = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Template>`
    select id, waba_id as "wabaId", provider_id as "providerId", name, language, category, status, quality,
      parameter_format as "parameterFormat", components, reason, synced_at as "syncedAt", created_at as "createdAt",
      updated_at as "updatedAt"
    from templates where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
