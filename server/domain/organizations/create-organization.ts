import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import { requireMember } from "../accounts/require-member.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { recordEvent } from "../events/record-event.ts";
import { duplicateOrganization } from "./duplicate-organization.ts";
import { getOrganization } from "./get-organization.ts";
import type { Organization } from "./organization.ts";
import { checkOrganizationFields, type OrganizationPatch } from "./organization-fields.ts";
import { organizationKey } from "./organization-key.ts";

export type NewOrganization = OrganizationPatch & { name: string };

export async function createOrganization(ctx: Ctx, input: NewOrganization): Promise<Organization> {
  checkOrganizationFields(input);
  return ctx.transact(async (tx) => {
    await requireMember(tx, "ownerUserId", input.ownerUserId);
    const custom = await mergeCustom(tx, "organization", {}, input.custom ?? {});
    const row = await tx.tx.first(
      insertOrganization({ ...blank, ...columnsOf(tx, input), custom: JSON.stringify(custom) }),
    );
    if (!row) throw await duplicateOrganization(tx, input.name);
    const { custom: _custom, ...after } = withoutUndefined({ ...input });
    await recordEvent(tx, { type: "organization.created", subject: { kind: "organization", id: row.id }, after });
    return getOrganization(tx, row.id);
  });
}

const blank = { website: null, industry: null, size: null, phone: null, address: null, notes: null, ownerUserId: null };

function columnsOf(tx: TxCtx, { name, custom: _custom, ...fields }: NewOrganization) {
  const now = tx.now().toISOString();
  return {
    ...withoutUndefined({ ...fields }),
    name: name.trim(),
    nameKey: organizationKey(name),
    companyId: tx.companyId,
    now,
  };
}

type Columns = Omit<Organization, "id" | "custom" | "version" | "createdAt" | "updatedAt"> & {
  companyId: number;
  nameKey: string;
  custom: string;
  now: string;
};

const insertOrganization = prepared<Columns>()(
  (_db, arg) => sql<{ id: number }>`
    insert into organizations (company_id, name, name_key, website, industry, size, phone, address, notes, custom, owner_user_id,
      created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("nameKey")}::text, ${arg("website")}::text,
      ${arg("industry")}::text, ${arg("size")}::text, ${arg("phone")}::text, ${arg("address")}::text, ${arg("notes")}::text,
      ${arg("custom")}::jsonb, ${arg("ownerUserId")}::bigint, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, name_key) where deleted_at is null do nothing
    returning id`,
);
