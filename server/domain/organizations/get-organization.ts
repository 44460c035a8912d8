import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type Organization, organizationColumns } from "./organization.ts";

export async function getOrganization(ctx: Ctx, organizationId: number): Promise<Organization> {
  const organization = await findOrganization(ctx, organizationId);
  if (!organization) throw notFound("organization", organizationId);
  return organization;
}

export async function findOrganization(ctx: Ctx, organizationId: number): Promise<Organization | undefined> {
  return ctx.db.first(organizationById({ companyId: ctx.companyId, organizationId }));
}

const organizationById = prepared<{ companyId: number; organizationId: number }>()(
  (_db, arg) => sql<Organization>`
    select ${organizationColumns} from organizations o
    where o.company_id = ${arg("companyId")}::bigint and o.id = ${arg("organizationId")}::bigint and o.deleted_at is null`,
);
