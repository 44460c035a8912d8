import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";

export type Consent = {
  contactId: number;
  channel: string;
  purpose: string;
  state: "granted" | "withdrawn";
  source: string;
  at: Date;
  evidence?: JsonObject;
};

/** Writes what a person agreed to or withdrew, with its evidence, and gives its id; the same word at the same time is kept once. */
export async function recordConsent(tx: TxCtx, consent: Consent): Promise<number | undefined> {
  const { contactId, channel, purpose, state, source, at, evidence = {} } = consent;
  const row = await tx.tx.first(
    insertConsent({
      companyId: tx.companyId,
      contactId,
      channel,
      purpose,
      state,
      source,
      at: at.toISOString(),
      evidence: JSON.stringify(evidence),
    }),
  );
  if (!row) return undefined;
  await recordEvent(tx, {
    type: state === "granted" ? "consent.granted" : "consent.withdrawn",
    subject: { kind: "contact", id: contactId },
    after: { channel, purpose, state, source },
    occurredAt: at,
  });
  return row.id;
}

/** The answer to this word did not go out after all: whoever says it again is still to get one. */
export async function forgetConfirmation(tx: TxCtx, consentId: number): Promise<void> {
  await tx.tx.run(deleteConfirmation({ companyId: tx.companyId, consentId }));
}

type Row = {
  companyId: number;
  contactId: number;
  channel: string;
  purpose: string;
  state: string;
  source: string;
  at: string;
  evidence: string;
};

const insertConsent = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into contact_consents (company_id, contact_id, channel, purpose, state, source, at, evidence)
    select ${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("channel")}::text, ${arg("purpose")}::text, ${arg("state")}::text,
      ${arg("source")}::text, ${arg("at")}::timestamptz, ${arg("evidence")}::jsonb
    where not exists (
      select from contact_consents where company_id = ${arg("companyId")} and contact_id = ${arg("contactId")} and channel = ${arg("channel")}
        and purpose = ${arg("purpose")} and state = ${arg("state")} and at = ${arg("at")}::timestamptz)
    returning id`,
);

const deleteConfirmation = prepared<{ companyId: number; consentId: number }>()(
  (_db, arg) => sql<never>`
    update contact_consents set evidence = evidence - 'confirmed_at'
    where company_id = ${arg("companyId")}::bigint and id = ${arg("consentId")}::bigint`,
);
