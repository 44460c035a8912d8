import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";

/** Puts many people away at once; those who are gone already are left out of what it gives. */
export async function deleteContacts(tx: TxCtx, contactIds: number[]): Promise<number[]> {
  const deleted = await tx.tx.all(markAllDeleted({ companyId: tx.companyId, contactIds, now: tx.now().toISOString() }));
  await recordEvents(
    tx,
    deleted.map(({ id, name, phone, email }) => ({
      type: "contact.deleted",
      subject: { kind: "contact", id },
      before: { name, phone, email },
    })),
  );
  return deleted.map(({ id }) => id);
}

type Deleted = { id: number; name: string; phone: string | null; email: string | null };

const markAllDeleted = prepared<{ companyId: number; contactIds: number[]; now: string }>()(
  (_db, arg) => sql<Deleted>`
    update contacts set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("contactIds")}::bigint[]) and deleted_at is null
    returning id, name, phone, email`,
);
