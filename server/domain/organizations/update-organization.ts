import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import { refreshSearchTextOfOrganization } from "../contacts/refresh-search-text.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";
import { duplicateOrganization, duplicateWhereTaken } from "./duplicate-organization.ts";
import { findByName } from "./find-by-name.ts";
import { getOrganization } from "./get-organization.ts";
import type { Organization } from "./organization.ts";
import { checkOrganizationFields, type OrganizationPatch } from "./organization-fields.ts";
import { organizationKey } from "./organization-key.ts";

/** Changes what is given. With the name, what its people are found by changes too. */
export async function updateOrganization(
  ctx: Ctx,
  organizationId: number,
  patch: OrganizationPatch,
  options: { ifVersion?: number } = {},
): Promise<Organization> {
  checkOrganizationFields(patch);
  return ctx.transact(async (tx) => {
    await lockOrganization(tx, organizationId);
    const before = await getOrganization(tx, organizationId);
    requireVersion("organization", before.version, options.ifVersion);
    const after = await patched(tx, before, patch);
    const change = changedFields(before, after);
    if (!change) return before;
    if (organizationKey(after.name) !== organizationKey(before.name)) await requireFreeName(tx, after);
    await write(tx, after);
    if (after.name !== before.name) await refreshSearchTextOfOrganization(tx, organizationId);
    const subject = { kind: "organization", id: organizationId } as const;
    await recordEvent(tx, { type: "organization.updated", subject, ...change });
    return getOrganization(tx, organizationId);
  });
}

/** Two edits of one organization come one after the other. */
export async function lockOrganization(tx: TxCtx, organizationId: number): Promise<void> {
  const row = await tx.tx.first(organizationForUpdate({ companyId: tx.companyId, organizationId }));
  if (!row) throw notFound("organization", organizationId);
}

/** Refuses a name that another organization has. */
async function requireFreeName(tx: TxCtx, { id, name }: { id: number; name: string }): Promise<void> {
  const existing = await findByName(tx, name);
  if (existing && existing.id !== id) throw await duplicateOrganization(tx, name);
}

async function patched(tx: TxCtx, before: Organization, patch: OrganizationPatch): Promise<Organization> {
  await requireMember(tx, "ownerUserId", patch.ownerUserId);
  const { custom, name, ...fields } = withoutUndefined({ ...patch });
  return {
    ...before,
    ...fields,
    name: name?.trim() ?? before.name,
    custom: custom === undefined ? before.custom : await mergeCustom(tx, "organization", before.custom, custom),
  };
}

async function write(tx: TxCtx, organization: Organization): Promise<void> {
  const custom = JSON.stringify(organization.custom);
  const nameKey = organizationKey(organization.name);
  const row = { ...organization, custom, nameKey, companyId: tx.companyId, now: tx.now().toISOString() };
  await tx.tx.run(updateRow(row)).catch(duplicateWhereTaken);
}

const organizationForUpdate = prepared<{ companyId: number; organizationId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from organizations
    where company_id = ${arg("companyId")}::bigint and id = ${arg("organizationId")}::bigint and deleted_at is null for update`,
);

type Row = Omit<Organization, "custom"> & { custom: string; nameKey: string; companyId: number; now: string };

const updateRow = prepared<Row>()(
  (_db, arg) => sql<never>`
    update organizations set name = ${arg("name")}::text,
      name_key = case when name = ${arg("name")}::text then name_key else ${arg("nameKey")}::text end, website = ${arg("website")}::text,
      industry = ${arg("industry")}::text, size = ${arg("size")}::text, phone = ${arg("phone")}::text,
      address = ${arg("address")}::text, notes = ${arg("notes")}::text, custom = ${arg("custom")}::jsonb,
      owner_user_id = ${arg("ownerUserId")}::bigint, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
