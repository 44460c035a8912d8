import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { type Organization, organizationColumns } from "./organization.ts";
import { organizationKey } from "./organization-key.ts";

/** The organization of this name, whatever its case, accents and spaces. */
export async function findByName(ctx: Ctx, name: string): Promise<Organization | undefined> {
  return ctx.db.first(organizationByKey({ companyId: ctx.companyId, key: organizationKey(name) }));
}

const organizationByKey = prepared<{ companyId: number; key: string }>()(
  (_db, arg) => sql<Organization>`
    select ${organizationColumns} from organizations o
    where o.company_id = ${arg("companyId")}::bigint and o.name_key = ${arg("key")}::text and o.deleted_at is null`,
);
