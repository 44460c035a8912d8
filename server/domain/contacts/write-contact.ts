import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { contactSearchText } from "./contact-search-text.ts";
import type { ContactFields } from "./patched-contact.ts";

export async function insertContact(tx: TxCtx, fields: ContactFields, stage: Stage): Promise<number> {
  const row = await tx.tx.first(insertRow({ ...columnsOf(tx, fields), stage }));
  if (!row) throw new Error("an insert gave no row");
  return row.id;
}

/** Writes what of a person can be edited, with what they are found by. */
export async function writeContact(tx: TxCtx, contactId: number, fields: ContactFields): Promise<void> {
  await tx.tx.run(updateRow({ ...columnsOf(tx, fields), contactId }));
}

type Columns = Omit<ContactFields, "company" | "custom"> & {
  companyId: number;
  custom: string;
  searchText: string;
  now: string;
};

function columnsOf(tx: TxCtx, { company, custom, ...fields }: ContactFields): Columns {
  return {
    ...fields,
    companyId: tx.companyId,
    custom: JSON.stringify(custom),
    searchText: contactSearchText({ ...fields, company }),
    now: tx.now().toISOString(),
  };
}

const insertRow = prepared<Columns & { stage: Stage }>()(
  (_db, arg) => sql<{ id: number }>`
    insert into contacts (company_id, name, first_name, last_name, phone, email, organization_id, position, source, notes,
      stage, lead_score, owner_user_id, country, language, avatar_url, last_contacted_at, next_follow_up_at, do_not_contact,
      custom, search_text, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("firstName")}::text, ${arg("lastName")}::text,
      ${arg("phone")}::text, ${arg("email")}::text, ${arg("organizationId")}::bigint, ${arg("position")}::text,
      ${arg("source")}::text, ${arg("notes")}::text, ${arg("stage")}::text, ${arg("leadScore")}::int, ${arg("ownerUserId")}::bigint,
      ${arg("country")}::text, ${arg("language")}::text, ${arg("avatarUrl")}::text, ${arg("lastContactedAt")}::timestamptz,
      ${arg("nextFollowUpAt")}::timestamptz, ${arg("doNotContact")}::boolean, ${arg("custom")}::jsonb, ${arg("searchText")}::text,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);

const updateRow = prepared<Columns & { contactId: number }>()(
  (_db, arg) => sql<never>`
    update contacts set name = ${arg("name")}::text, first_name = ${arg("firstName")}::text, last_name = ${arg("lastName")}::text,
      phone = ${arg("phone")}::text, email = ${arg("email")}::text, organization_id = ${arg("organizationId")}::bigint,
      position = ${arg("position")}::text, source = ${arg("source")}::text, notes = ${arg("notes")}::text,
      lead_score = ${arg("leadScore")}::int, owner_user_id = ${arg("ownerUserId")}::bigint, country = ${arg("country")}::text,
      language = ${arg("language")}::text, avatar_url = ${arg("avatarUrl")}::text,
      last_contacted_at = ${arg("lastContactedAt")}::timestamptz, next_follow_up_at = ${arg("nextFollowUpAt")}::timestamptz,
      do_not_contact = ${arg("doNotContact")}::boolean, custom = ${arg("custom")}::jsonb, search_text = ${arg("searchText")}::text,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint`,
);
