import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { letGoOfTakenNames } from "./let-go-of-taken-names.ts";

/** A deleted person who writes again is back: what they wrote must not vanish into a deleted record. */
export async function restoreMentioned(tx: TxCtx, contactIds: number[]): Promise<void> {
  if (contactIds.length === 0) return;
  const restored = await tx.tx.all(restore({ companyId: tx.companyId, contactIds }));
  await recordEvents(
    tx,
    restored.map(({ id }) => ({
      type: "contact.restored",
      subject: { kind: "contact", id },
      data: { why: "wrote again" },
    })),
  );
  await letGoOfTakenNames(
    tx,
    restored.map(({ id }) => id),
  );
}

const restore = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<{ id: number }>`
    update contacts set deleted_at = null, version = version + 1, updated_at = now()
    where company_id = ${arg("companyId")} and id = any(${arg("contactIds")}::bigint[]) and deleted_at is not null
      and merged_into_id is null
    returning id`,
);
