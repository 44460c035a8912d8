import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import { updateContact } from "../contacts/update-contact.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { changePersonStage } from "../leads/change-person-stage.ts";
import { requireVersion } from "../require-version.ts";
import type { CustomerRecord, CustomerStatus } from "./customer-record.ts";
import { getRecord } from "./get-record.ts";
import { lockRecord } from "./lock-record.ts";

/** Only what is given changes; null clears. */
export type RecordPatch = {
  customerStatus?: CustomerStatus;
  notes?: string | null;
  /** The whole of them. */
  preferences?: JsonObject;
  followUpAfterDays?: number | null;
  ownerUserId?: number | null;
};

/** Edits a record. `active` and `vip` make the person a customer; no other status moves anybody through the funnel. */
export async function updateRecord(
  ctx: Ctx,
  contactId: number,
  patch: RecordPatch,
  options: { ifVersion?: number } = {},
): Promise<CustomerRecord> {
  check(patch);
  return ctx.transact(async (tx) => {
    const seen = await getRecord(tx, contactId);
    const { ownerUserId, ...own } = patch;
    // People before records, as everybody does it; and the stage before the status, because its trigger writes one of its own.
    if (ownerUserId !== undefined) await updateContact(tx, contactId, { ownerUserId });
    if (own.customerStatus === "active" || own.customerStatus === "vip")
      await changePersonStage(tx, contactId, "customer", { reason: `customer status ${own.customerStatus}` });
    const version = await lockRecord(tx, contactId);
    const before = await getRecord(tx, contactId);
    // The stage may have made or moved the record in this very transaction; nobody else can have.
    requireVersion("record", movedByStage(seen, before) ? seen.version : version, options.ifVersion);
    const after = { ...before, ...withoutUndefined(own) };
    const change = changedFields({ ...before, customerStatus: seen.customerStatus }, after);
    if (!change) return before;
    const { customerStatus, notes, followUpAfterDays } = after;
    const preferences = JSON.stringify(after.preferences);
    const row = { companyId: tx.companyId, contactId, customerStatus, notes, preferences, followUpAfterDays };
    await tx.tx.run(writeRecord({ ...row, now: tx.now().toISOString() }));
    const subject = { kind: "contact", id: contactId } as const;
    await recordEvent(tx, { type: "customer_record.updated", subject, contactId, ...change });
    return getRecord(tx, contactId);
  });
}

function movedByStage(seen: CustomerRecord, now: CustomerRecord): boolean {
  return now.customerStatus !== seen.customerStatus && now.version === seen.version + 1;
}

function check({ notes, preferences, followUpAfterDays: days }: RecordPatch): void {
  if (notes && notes.length > 100_000) throw invalid("notes", "notes have at most 100,000 characters");
  if (preferences && JSON.stringify(preferences).length > 100_000)
    throw invalid("preferences", "preferences have at most 100,000 characters");
  if (days !== undefined && days !== null && !(Number.isInteger(days) && days >= 1 && days <= 3650))
    throw invalid("followUpAfterDays", "followUpAfterDays must be a whole number from 1 to 3650");
}

type RecordRow = {
  companyId: number;
  contactId: number;
  customerStatus: CustomerStatus;
  notes: string | null;
  preferences: string;
  followUpAfterDays: number | null;
  now: string;
};

const writeRecord = prepared<RecordRow>()(
  (_db, arg) => sql<never>`
    update customer_records set customer_status = ${arg("customerStatus")}::text, notes = ${arg("notes")}::text,
      preferences = ${arg("preferences")}::jsonb, follow_up_after_days = ${arg("followUpAfterDays")}::int,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint`,
);
