import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Identity } from "./person-identities.ts";

export type KnownIdentity = { kind: string; value: string; contact_id: number; deleted: boolean; nameless: boolean };

/** Who is known by any of these names, deleted people included. */
export async function findByIdentities(tx: TxCtx, identities: Identity[]): Promise<KnownIdentity[]> {
  const { companyId } = tx;
  const [kinds, values] = [identities.map(({ kind }) => kind), identities.map(({ value }) => value)];
  return tx.tx.all(selectKnown({ companyId, kinds, values }));
}

/** Adds names to people; a name somebody has already stays theirs. */
export async function addIdentities(tx: TxCtx, identities: (Identity & { contactId: number })[]): Promise<void> {
  if (identities.length === 0) return;
  const rows = identities.map(({ kind, value, raw, contactId }) => ({ kind, value, raw, contact_id: contactId }));
  await tx.tx.run(insertIdentities({ companyId: tx.companyId, rows: JSON.stringify(rows) }));
}

const selectKnown = prepared<{ companyId: number; kinds: string[]; values: string[] }>()(
  (_db, arg) => sql<KnownIdentity>`
    select i.kind, i.value, i.contact_id, c.deleted_at is not null as deleted, c.name = '' as nameless
    from unnest(${arg("kinds")}::text[], ${arg("values")}::text[]) as n (kind, value)
    join contact_identities i on i.company_id = ${arg("companyId")} and i.kind = n.kind and i.value = n.value
    join contacts c on c.company_id = i.company_id and c.id = i.contact_id`,
);

const insertIdentities = prepared<{ companyId: number; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into contact_identities (company_id, kind, value, contact_id, raw)
    select ${arg("companyId")}::bigint, r.kind, r.value, r.contact_id, r.raw
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (kind text, value text, contact_id bigint, raw text)
    on conflict (company_id, kind, value) do nothing`,
);
