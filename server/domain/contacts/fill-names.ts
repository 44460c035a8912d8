import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { splitName } from "./insert-newcomers.ts";
import { writeSearchTexts } from "./write-search-texts.ts";

export type LearntName = { contactId: number; name: string };

/** Names people who have no name yet as their profile or the phone's address book does. A name that stands is left as it is. */
export async function fillNames(tx: TxCtx, names: LearntName[]): Promise<void> {
  if (names.length === 0) return;
  const rows = names.map(({ contactId, name }) => ({ contactId, name, ...splitName(name) }));
  const filled = await tx.tx.all(setNames({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
  await writeSearchTexts(tx, filled);
  await recordEvents(
    tx,
    filled.map(({ id, name }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id },
      before: { name: "" },
      after: { name },
      data: { why: "stands in their profile" },
    })),
  );
}

type Person = { id: number; name: string; phone: string | null; email: string | null; company: string | null };

// Rows are locked in one order, so that two batches with common people cannot wait for each other.
const setNames = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Person>`
    with nameless as (
      select c.id, r.name, r.first_name, r.last_name, c.first_name = '' and c.last_name = '' as unsplit
      from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("contactId" bigint, name text, first_name text, last_name text)
      join contacts c on c.company_id = ${arg("companyId")} and c.id = r."contactId" and c.name = ''
      order by c.id for update of c
    ), filled as (
      update contacts c set name = n.name, first_name = case when n.unsplit then n.first_name else c.first_name end,
        last_name = case when n.unsplit then n.last_name else c.last_name end, version = c.version + 1, updated_at = now()
      from nameless n where c.company_id = ${arg("companyId")} and c.id = n.id
      returning c.id, c.name, c.phone, c.email, c.organization_id
    )
    select f.id, f.name, f.phone, f.email, o.name as company from filled f
    left join organizations o on o.company_id = ${arg("companyId")} and o.id = f.organization_id`,
);
