import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { writeSearchTexts } from "./write-search-texts.ts";

/** `phone` is E.164. */
export type LearntPhone = { contactId: number; phone: string };

/** Puts a number that was learnt later on people who have none yet, so that they are found and called by it. */
export async function fillPhones(tx: TxCtx, phones: LearntPhone[]): Promise<void> {
  if (phones.length === 0) return;
  const { companyId } = tx;
  const filled = await tx.tx.all(setPhones({ companyId, rows: JSON.stringify(phones) }));
  await writeSearchTexts(tx, filled);
  await recordEvents(
    tx,
    filled.map(({ id, phone }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id },
      before: { phone: null },
      after: { phone },
      data: { why: "came with a message" },
    })),
  );
}

type Person = { id: number; name: string; phone: string; email: string | null; company: string | null };

const setPhones = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<Person>`
    with filled as (
      update contacts c set phone = r.phone, version = c.version + 1, updated_at = now()
      from jsonb_to_recordset(${arg("rows")}::jsonb) as r ("contactId" bigint, phone text)
      where c.company_id = ${arg("companyId")} and c.id = r."contactId" and c.phone is null
      returning c.id, c.name, c.phone, c.email, c.organization_id
    )
    select f.id, f.name, f.phone, f.email, o.name as company from filled f
    left join organizations o on o.company_id = ${arg("companyId")} and o.id = f.organization_id`,
);
