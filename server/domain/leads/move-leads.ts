import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

export type MovedLeads = {
  ids: number[];
  /** Was open beside an open one of the other person, and was closed as it stood. */
  closed: { id: number; version: number } | null;
};

/** Gives all leads of one person to another. Who has an open one keeps it; a second one is closed in its stage. */
export async function moveLeads(tx: TxCtx, people: { from: number; to: number }): Promise<MovedLeads> {
  const moved = await tx.tx.all(move({ ...people, companyId: tx.companyId, now: tx.now().toISOString() }));
  const closed = moved.find((lead) => lead.closed);
  return { ids: moved.map(({ id }) => id), closed: closed ? { id: closed.id, version: closed.version } : null };
}

/** Undoes it: what is still there goes back, and the lead that was closed for it opens again unless somebody touched it since. */
export async function moveLeadsBack(tx: TxCtx, people: { from: number; to: number }, moved: MovedLeads): Promise<void> {
  await tx.tx.run(moveBack({ ...people, companyId: tx.companyId, ids: moved.ids }));
  if (moved.closed === null) return;
  // Going back has raised the version by one.
  const { id, version } = moved.closed;
  await tx.tx.run(reopen({ companyId: tx.companyId, id, version: version + 1, contactId: people.to }));
}

type People = { companyId: number; from: number; to: number };

const move = prepared<People & { now: string }>()(
  (_db, arg) => sql<{ id: number; version: number; closed: boolean }>`
    with held as (
      select id, closed_at is null and deleted_at is null and exists (
        select from leads k where k.company_id = ${arg("companyId")}::bigint and k.contact_id = ${arg("to")}::bigint
          and k.closed_at is null and k.deleted_at is null) as second
      from leads where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint for update
    )
    update leads l set contact_id = ${arg("to")}::bigint, version = l.version + 1,
      closed_at = case when h.second then ${arg("now")}::timestamptz else l.closed_at end
    from held h where l.company_id = ${arg("companyId")}::bigint and l.id = h.id
    returning l.id, l.version, h.second as closed`,
);

const moveBack = prepared<People & { ids: number[] }>()(
  (_db, arg) => sql<never>`
    update leads set contact_id = ${arg("to")}::bigint, version = version + 1
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("from")}::bigint and id = any(${arg("ids")}::bigint[])`,
);

const reopen = prepared<{ companyId: number; id: number; version: number; contactId: number }>()(
  (_db, arg) => sql<never>`
    update leads l set closed_at = null
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and version = ${arg("version")}::int and not exists (
      select from leads k where k.company_id = l.company_id and k.contact_id = ${arg("contactId")}::bigint
        and k.closed_at is null and k.deleted_at is null)`,
);
