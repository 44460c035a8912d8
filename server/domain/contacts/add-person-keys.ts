import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { PersonKeys } from "../conversations/inbound-update.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { recordEvent } from "../events/record-event.ts";
import { proposeMerge } from "../merges/propose-merge.ts";
import { addIdentities, findByIdentities } from "./identity-rows.ts";
import { identitiesOf, phoneOf } from "./person-identities.ts";

/** A person got a new number or id: the old names stay theirs too. A name that belongs to someone else raises a merge proposal. */
export async function addPersonKeys(
  tx: TxCtx,
  contactId: number,
  keys: PersonKeys,
  { evidence, at }: { evidence: JsonObject; at: Date },
): Promise<void> {
  const identities = identitiesOf(keys);
  await lockNames(
    tx,
    identities.map(({ kind, value }) => `${kind} ${value}`),
  );
  const known = await findByIdentities(tx, identities);
  for (const other of new Set(known.filter((row) => row.contact_id !== contactId).map((row) => row.contact_id))) {
    await proposeMerge(tx, contactId, other, "WhatsApp said that the person changed their number or id.", evidence);
  }
  const taken = new Set(known.map((row) => `${row.kind} ${row.value}`));
  const fresh = identities.filter(({ kind, value }) => !taken.has(`${kind} ${value}`));
  if (fresh.length === 0) return;
  await addIdentities(
    tx,
    fresh.map((identity) => ({ ...identity, contactId })),
  );
  const phone = fresh.some(({ kind }) => kind === "phone") ? phoneOf(keys) : undefined;
  if (phone)
    await tx.tx.run(
      setPhone({ companyId: tx.companyId, contactId, phone: phone.e164, digits: phone.e164.replace(/\D/g, "") }),
    );
  const after = { identities: fresh.map(({ kind, value }) => ({ kind, value })) };
  await recordEvent(tx, {
    type: "contact.identity_added",
    subject: { kind: "contact", id: contactId },
    after,
    data: evidence,
    occurredAt: at,
  });
}

const setPhone = prepared<{ companyId: number; contactId: number; phone: string; digits: string }>()(
  (_db, arg) => sql<never>`
    update contacts set phone = ${arg("phone")}, search_text = search_text || ' ' || ${arg("digits")}::text, version = version + 1, updated_at = now()
    where company_id = ${arg("companyId")} and id = ${arg("contactId")}`,
);
