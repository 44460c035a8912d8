import { sql } from "kysely";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { prepared } from "../../../db/prepared.ts";
import { addPersonKeys } from "../../contacts/add-person-keys.ts";
import type { TxCtx } from "../../context.ts";
import type { FinishedSend } from "./settle-sends.ts";

/** The vendor's answer says how it names the person: a wa_id that differs from the number dialled, a business-scoped id. */
export async function learnAddresses(tx: TxCtx, finished: FinishedSend[]): Promise<void> {
  const told = finished.flatMap(({ claimed, outcome }) =>
    outcome.kind === "accepted" ? [{ contactId: claimed.contactId, waId: outcome.waId, userId: outcome.userId }] : [],
  );
  // By the person's id, as everybody locks people.
  const named = told
    .filter(({ waId, userId }) => waId !== undefined || userId !== undefined)
    .toSorted((a, b) => a.contactId - b.contactId);
  if (named.length === 0) return;
  const fresh = await tx.tx.all(
    unknownNames({
      companyId: tx.companyId,
      contactIds: named.map(({ contactId }) => contactId),
      waIds: named.map(({ waId }) => waId ?? null),
      userIds: named.map(({ userId }) => userId ?? null),
    }),
  );
  for (const { place } of fresh) {
    const person = named[place - 1];
    if (!person) continue;
    const { contactId, ...keys } = person;
    await addPersonKeys(tx, contactId, withoutUndefined(keys), {
      evidence: { told_by: "answer to a message" },
      at: tx.now(),
    });
  }
}

const unknownNames = prepared<{
  companyId: number;
  contactIds: number[];
  waIds: (string | null)[];
  userIds: (string | null)[];
}>()(
  (_db, arg) => sql<{ place: number }>`
    select min(n.place)::int as place
    from unnest(${arg("contactIds")}::bigint[], ${arg("waIds")}::text[], ${arg("userIds")}::text[])
      with ordinality as n (contact_id, wa_id, user_id, place)
    where (n.wa_id is not null and not exists (
        select from contact_identities i where i.company_id = ${arg("companyId")}::bigint and i.kind = 'wa_id' and i.value = n.wa_id))
      or (n.user_id is not null and not exists (
        select from contact_identities i where i.company_id = ${arg("companyId")}::bigint and i.kind = 'user_id' and i.value = n.user_id))
    group by n.contact_id, n.wa_id, n.user_id order by 1`,
);
