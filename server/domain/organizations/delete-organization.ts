import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { refreshSearchTextOfOrganization } from "../contacts/refresh-search-text.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { duplicateWhereTaken } from "./duplicate-organization.ts";
import { getOrganization } from "./get-organization.ts";
import type { Organization } from "./organization.ts";
import { lockOrganization } from "./update-organization.ts";

/** Puts an organization away; its people stay, and are its people again when it is restored. */
export async function deleteOrganization(
  ctx: Ctx,
  organizationId: number,
  options: { ifVersion?: number } = {},
): Promise<void> {
  await ctx.transact(async (tx) => {
    await lockOrganization(tx, organizationId);
    const { name, version } = await getOrganization(tx, organizationId);
    requireVersion("organization", version, options.ifVersion);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, organizationId, now: tx.now().toISOString() }));
    await refreshSearchTextOfOrganization(tx, organizationId);
    const subject = { kind: "organization", id: organizationId } as const;
    await recordEvent(tx, { type: "organization.deleted", subject, before: { name } });
  });
}

/** Brings it back, unless another one has its name by now; one that was not deleted stays as it is. */
export async function restoreOrganization(ctx: Ctx, organizationId: number): Promise<Organization> {
  return ctx.transact(async (tx) => {
    const args = { companyId: tx.companyId, organizationId, now: tx.now().toISOString() };
    const restored = await tx.tx.first(markRestored(args)).catch(duplicateWhereTaken);
    const organization = await getOrganization(tx, organizationId);
    if (!restored) return organization;
    await refreshSearchTextOfOrganization(tx, organizationId);
    await recordEvent(tx, { type: "organization.restored", subject: { kind: "organization", id: organizationId } });
    return organization;
  });
}

type MarkArgs = { companyId: number; organizationId: number; now: string };

const markDeleted = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update organizations set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("organizationId")}::bigint`,
);

const markRestored = prepared<MarkArgs>()(
  (_db, arg) => sql<{ id: number }>`
    update organizations set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("organizationId")}::bigint and deleted_at is not null
    returning id`,
);
