import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { proposeMerge } from "../merges/propose-merge.ts";
import { addIdentities, findByIdentities } from "./identity-rows.ts";
import { writeSearchTexts } from "./write-search-texts.ts";

/** Null leaves a field as it is. */
export type ProfileFill = {
  contactId: number;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  position: string | null;
  organizationId: number | null;
};

/** Fills fields of people from what they wrote. A mail address that is somebody else's is left to them, and a merge is proposed. */
export async function fillBlankFields(tx: TxCtx, fills: ProfileFill[]): Promise<void> {
  if (fills.length === 0) return;
  const usable = await withOwnEmails(tx, fills);
  const changed = await tx.tx.all(updateFields({ companyId: tx.companyId, rows: JSON.stringify(usable) }));
  await writeSearchTexts(tx, changed);
  await recordEvents(
    tx,
    changed.map((row) => ({
      type: "contact.updated",
      subject: { kind: "contact", id: row.id },
      ...changesOf(row),
      data: { why: "said in a message" },
    })),
  );
}

async function withOwnEmails(tx: TxCtx, fills: ProfileFill[]): Promise<ProfileFill[]> {
  const emails = fills.flatMap(({ contactId, email }) =>
    email === null ? [] : [{ kind: "email" as const, value: email.toLowerCase(), raw: email, contactId }],
  );
  if (emails.length === 0) return fills;
  await addIdentities(tx, emails);
  const owners = new Map((await findByIdentities(tx, emails)).map((row) => [row.value, row.contact_id]));
  const kept: ProfileFill[] = [];
  for (const fill of fills) {
    const owner = fill.email === null ? fill.contactId : owners.get(fill.email.toLowerCase());
    if (owner === undefined || owner === fill.contactId) {
      kept.push(fill);
      continue;
    }
    await proposeMerge(tx, owner, fill.contactId, "Both gave the same e-mail address.", { email: fill.email });
    kept.push({ ...fill, email: null });
  }
  return kept;
}

/** Before and after of the fields that changed. */
function changesOf(row: Row): { before: JsonObject; after: JsonObject } {
  const fields: [name: string, before: string | null, after: string | null][] = [
    ["name", row.oldName, row.name],
    ["email", row.oldEmail, row.email],
    ["position", row.oldPosition, row.position],
    ["company", row.oldCompany, row.company],
  ];
  const changed = fields.filter(([, before, after]) => before !== after);
  return {
    before: Object.fromEntries(changed.map(([name, before]) => [name, before])),
    after: Object.fromEntries(changed.map(([name, , after]) => [name, after])),
  };
}

type Row = {
  id: number;
  name: string;
  email: string | null;
  phone: string | null;
  position: string | null;
  company: string | null;
  oldName: string;
  oldEmail: string | null;
  oldPosition: string | null;
  oldCompany: string | null;
};

const updateFields = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Row>`
    with wanted as (
      select r.*, c.name as old_name, c.email as old_email, c.position as old_position, c.organization_id as old_organization_id
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as r ("contactId" bigint, name text, "firstName" text, "lastName" text, email text, position text, "organizationId" bigint)
      join contacts c on c.company_id = ${arg("companyId")} and c.id = r."contactId" for update of c
    ), changed as (
      update contacts c set name = coalesce(w.name, c.name), first_name = coalesce(w."firstName", c.first_name),
        last_name = case when w.name is null then c.last_name else coalesce(w."lastName", '') end,
        email = coalesce(c.email, w.email), position = coalesce(c.position, w.position),
        organization_id = coalesce(c.organization_id, w."organizationId"), version = c.version + 1, updated_at = now()
      from wanted w where c.company_id = ${arg("companyId")} and c.id = w."contactId"
      returning c.id, c.name, c.email, c.phone, c.position, c.organization_id, w.old_name, w.old_email, w.old_position, w.old_organization_id
    )
    select x.id, x.name, x.email, x.phone, x.position, o.name as company, x.old_name as "oldName", x.old_email as "oldEmail",
      x.old_position as "oldPosition", p.name as "oldCompany"
    from changed x
    left join organizations o on o.company_id = ${arg("companyId")} and o.id = x.organization_id
    left join organizations p on p.company_id = ${arg("companyId")} and p.id = x.old_organization_id`,
);
