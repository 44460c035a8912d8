import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { type JsonObject, jsonObjectOf } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { type CustomerStatus, customerStatuses } from "./customer-record.ts";
import { lockRow } from "./lock-record.ts";

/** What people wrote into a record, beside what follows from visits. */
export type OwnFields = {
  customerStatus: CustomerStatus;
  notes: string | null;
  preferences: JsonObject;
  followUpAfterDays: number | null;
};

/** The kept person's before and after a merge. */
export type MergedRecord = { before: OwnFields; after: OwnFields };

/** What stands in a person's record now. The caller holds the person. */
export async function ownFields(tx: TxCtx, contactId: number): Promise<OwnFields> {
  return (await tx.tx.first(fieldsOf({ companyId: tx.companyId, contactId }))) ?? empty;
}

/** Adds the merged person's notes and preferences to the kept one's record; `before` is what stood there before the merge began. */
export async function mergeRecords(
  tx: TxCtx,
  { from, to, before }: { from: number; to: number; before: OwnFields },
): Promise<MergedRecord> {
  const merged = await ownFields(tx, from);
  const kept = await ownFields(tx, to);
  const after = {
    customerStatus: further(kept.customerStatus, merged.customerStatus),
    notes: bothNotes(kept.notes, merged.notes),
    preferences: { ...merged.preferences, ...kept.preferences },
    followUpAfterDays: kept.followUpAfterDays ?? merged.followUpAfterDays,
  };
  if (!isDeepStrictEqual(after, kept)) await write(tx, to, after);
  return { before, after };
}

/** Takes it back, as far as nobody changed it since. */
export async function unmergeRecords(tx: TxCtx, contactId: number, { before, after }: MergedRecord): Promise<void> {
  await lockRow(tx, contactId);
  const now = await ownFields(tx, contactId);
  const restored = {
    customerStatus: now.customerStatus === after.customerStatus ? before.customerStatus : now.customerStatus,
    notes: now.notes === after.notes ? before.notes : now.notes,
    preferences: isDeepStrictEqual(now.preferences, after.preferences) ? before.preferences : now.preferences,
    followUpAfterDays:
      now.followUpAfterDays === after.followUpAfterDays ? before.followUpAfterDays : now.followUpAfterDays,
  };
  if (!isDeepStrictEqual(restored, now)) await write(tx, contactId, restored);
}

const empty: OwnFields = { customerStatus: "new", notes: null, preferences: {}, followUpAfterDays: null };

// Whom somebody called inactive stays so; else who is nearer to the house.
function further(kept: CustomerStatus, merged: CustomerStatus): CustomerStatus {
  if (kept === "inactive" || merged === "inactive") return kept === "new" ? merged : kept;
  return customerStatuses.indexOf(merged) > customerStatuses.indexOf(kept) ? merged : kept;
}

function bothNotes(kept: string | null, merged: string | null): string | null {
  if (!kept || !merged || kept === merged) return kept || merged;
  return `${kept}\n\n${merged}`.slice(0, 100_000);
}

async function write(tx: TxCtx, contactId: number, fields: OwnFields): Promise<void> {
  const preferences = JSON.stringify(jsonObjectOf(fields.preferences) ?? {});
  const args = { ...fields, preferences, companyId: tx.companyId, contactId, now: tx.now().toISOString() };
  await tx.tx.run(writeFields(args));
}

const fieldsOf = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<OwnFields>`
    select customer_status as "customerStatus", notes, preferences, follow_up_after_days as "followUpAfterDays" from customer_records
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint`,
);

type Row = Omit<OwnFields, "preferences"> & { companyId: number; contactId: number; preferences: string; now: string };

const writeFields = prepared<Row>()(
  (_db, arg) => sql<never>`
    update customer_records set customer_status = ${arg("customerStatus")}::text, notes = ${arg("notes")}::text,
      preferences = ${arg("preferences")}::jsonb, follow_up_after_days = ${arg("followUpAfterDays")}::int,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint`,
);
