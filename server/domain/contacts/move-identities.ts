import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type IdentityName = { kind: string; value: string };

/** The names of some people. */
export async function identityNamesOf(
  tx: TxCtx,
  contactIds: number[],
): Promise<(IdentityName & { contactId: number })[]> {
  return tx.tx.all(namesOfPeople({ companyId: tx.companyId, contactIds }));
}

/** Gives these names of one person to another; whoever writes from one of them is the other from now on. */
export async function moveIdentities(
  tx: TxCtx,
  people: { from: number; to: number },
  names: IdentityName[],
): Promise<void> {
  const [kinds, values] = [names.map(({ kind }) => kind), names.map(({ value }) => value)];
  await tx.tx.run(move({ ...people, companyId: tx.companyId, kinds, values }));
}

const namesOfPeople = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<IdentityName & { contactId: number }>`
    select kind, value, contact_id as "contactId" from contact_identities
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[])
    order by kind, value`,
);

const move = prepared<{ companyId: number; from: number; to: number; kinds: string[]; values: string[] }>()(
  (_db, arg) => sql<never>`
    update contact_identities i set contact_id = ${arg("to")}::bigint
    from unnest(${arg("kinds")}::text[], ${arg("values")}::text[]) as n (kind, value)
    where i.company_id = ${arg("companyId")}::bigint and i.kind = n.kind and i.value = n.value and i.contact_id = ${arg("from")}::bigint`,
);
