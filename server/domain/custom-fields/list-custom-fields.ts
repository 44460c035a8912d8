import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { CustomEntity, CustomField } from "./custom-field.ts";

/** The fields of one entity, or all, in the order they were defined. */
export async function listCustomFields(ctx: Ctx, entity?: CustomEntity): Promise<CustomField[]> {
  return ctx.db.all(fields({ companyId: ctx.companyId, entity: entity ?? null }));
}

const fields = prepared<{ companyId: number; entity: CustomEntity | null }>()(
  (_db, arg) => sql<CustomField>`
    select id, entity, key, label, kind, options, created_at as "createdAt" from custom_fields
    where company_id = ${arg("companyId")}::bigint and (${arg("entity")}::text is null or entity = ${arg("entity")}::text)
    order by id limit 1000`,
);
