import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { contactSearchText } from "./contact-search-text.ts";
import { addIdentities, findByIdentities } from "./identity-rows.ts";
import { proposeMerge } from "./propose-merge.ts";

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
  const texts = changed.map((row) => ({ id: row.id, search_text: contactSearchText(row) }));
  await tx.tx.run(updateSearchText({ companyId: tx.companyId, rows: JSON.stringify(texts) }));
  const byId = new Map(usable.map((fill) => [fill.contactId, fill]));
  await recordEvents(
    tx,
    changed.map((row) => ({
      type: "contact.updated",
      subject: { kind: "contact", id: row.id },
      after: writtenFields(byId.get(row.id), row.company),
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

function writtenFields(fill: ProfileFill | undefined, company: string | null) {
  if (!fill) return {};
  const { name, email, position, organizationId } = fill;
  return {
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(position === null ? {} : { position }),
    ...(organizationId === null ? {} : { company }),
  };
}

type Row = { id: number; name: string; email: string | null; phone: string | null; company: string | null };

const updateFields = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Row>`
    with changed as (
      update contacts c set name = coalesce(r.name, c.name), first_name = coalesce(r."firstName", c.first_name),
        last_name = case when r.name is null then c.last_name else coalesce(r."lastName", '') end,
        email = coalesce(c.email, r.email), position = coalesce(c.position, r.position),
        organization_id = coalesce(c.organization_id, r."organizationId"), version = c.version + 1, updated_at = now()
      from jsonb_to_recordset(${arg("rows")}::jsonb)
        as r ("contactId" bigint, name text, "firstName" text, "lastName" text, email text, position text, "organizationId" bigint)
      where c.company_id = ${arg("companyId")} and c.id = r."contactId"
      returning c.id, c.name, c.email, c.phone, c.organization_id
    )
    select x.id, x.name, x.email, x.phone, o.name as company from changed x
    left join organizations o on o.company_id = ${arg("companyId")} and o.id = x.organization_id`,
);

const updateSearchText = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    update contacts c set search_text = r.search_text
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, search_text text)
    where c.company_id = ${arg("companyId")} and c.id = r.id`,
);
