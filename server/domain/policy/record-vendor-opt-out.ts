import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import type { TxCtx } from "../context.ts";

export type VendorOptOut = {
  contactId: number;
  /** 131050: no marketing any more. 21610: nothing any more. */
  purpose: "marketing" | "all";
  at: Date;
  /** The message that was refused, the vendor's code. */
  evidence: JsonObject;
};

/**
 * Writes down what a vendor's refusal tells: the person left, perhaps by a button or word that never reached us. Once: while the
 * last word is already "withdrawn", more refusals add nothing.
 */
export async function recordVendorOptOut(tx: TxCtx, { contactId, purpose, at, evidence }: VendorOptOut): Promise<void> {
  const last = await tx.tx.first(lastWord({ companyId: tx.companyId, contactId, purpose }));
  if (last?.state === "withdrawn") return;
  await recordConsent(tx, {
    contactId,
    channel: "whatsapp",
    purpose,
    state: "withdrawn",
    source: "vendor_error",
    at,
    evidence,
  });
}

const lastWord = prepared<{ companyId: number; contactId: number; purpose: string }>()(
  (_db, arg) => sql<{ state: string }>`
    select state from contact_consents
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and channel = 'whatsapp'
      and purpose = ${arg("purpose")}::text
    order by at desc, id desc limit 1`,
);
