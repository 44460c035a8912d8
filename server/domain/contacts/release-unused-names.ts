import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { expireMailsTo } from "../email/expire-mails-to.ts";

export type NameToRelease = { id: number; kind: string; value: string };

/**
 * Takes names off people: whoever has them may be somebody else, and what waits to go to an address stays here. A number that WhatsApp
 * knows as theirs stays: they wrote from there.
 */
export async function releaseUnusedNames(tx: TxCtx, names: NameToRelease[]): Promise<void> {
  if (names.length === 0) return;
  await tx.tx.run(dropUnused({ companyId: tx.companyId, names: JSON.stringify(names) }));
  for (const { id, kind, value } of names) if (kind === "email") await expireMailsTo(tx, id, value);
}

const dropUnused = prepared<{ companyId: number; names: string }>()(
  (_db, arg) => sql<never>`
    delete from contact_identities i using jsonb_to_recordset(${arg("names")}::jsonb) as n (id bigint, kind text, value text)
    where i.company_id = ${arg("companyId")}::bigint and i.contact_id = n.id and i.kind = n.kind and i.value = n.value
      and (i.kind <> 'phone' or not exists (
        select from contact_identities w where w.company_id = ${arg("companyId")}::bigint and w.contact_id = i.contact_id
          and w.kind in ('wa_id', 'jid') and right(substring(w.value from '^[0-9]+'), 8) = right(i.value, 8)))`,
);
