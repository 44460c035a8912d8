import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

/** A lead with what an act on many needs to know of it and its person. */
export type HeldLead = {
  id: number;
  contactId: number;
  stage: Stage;
  closedAt: string | null;
  ownerUserId: number | null;
  ownerName: string | null;
  personStage: Stage;
  personOwner: number | null;
  /** The lead by which the person's stage is told: the open one, or the last that ended. */
  isCurrent: boolean;
};

/** Those of these leads that are there and the caller sees, held with their people until the transaction ends. */
export async function holdLeads(tx: TxCtx, ids: number[]): Promise<Map<number, HeldLead>> {
  const args = { companyId: tx.companyId, ids, ...reachArgs(tx) };
  await tx.tx.all(peopleForUpdate(args));
  const rows = await tx.tx.all(leadsForUpdate(args));
  return new Map(rows.map((row) => [row.id, row]));
}

type Args = { companyId: number; ids: number[] } & ReachArgs;

// People before leads and each in one order, so that two acts on common ones wait instead of blocking each other. One look at the key
// for each: a join of ten thousand is planned for whatever the tables held when the connection first asked.
const peopleForUpdate = prepared<Args>()(
  (_db, arg) => sql<{ id: number }>`
    select c.id
    from (
      select distinct l.contact_id from unnest(${arg("ids")}::bigint[]) as wanted (id) cross join lateral (
        select contact_id from leads where company_id = ${arg("companyId")}::bigint and id = wanted.id limit 1
      ) l order by l.contact_id
    ) o cross join lateral (
      select c.id from contacts c
      where c.company_id = ${arg("companyId")}::bigint and c.id = o.contact_id and c.deleted_at is null
        and ${inReachSql(arg, sql`c.owner_user_id`)}
      limit 1 for update
    ) c`,
);

const leadsForUpdate = prepared<Args>()(
  (_db, arg) => sql<HeldLead>`
    select l.id, l."contactId", l.stage, l."closedAt", l."ownerUserId", l."ownerName", c."personStage", c."personOwner", l.id = k.id as "isCurrent"
    from (select distinct id from unnest(${arg("ids")}::bigint[]) as wanted (id) order by id) w cross join lateral (
      select id, contact_id as "contactId", stage, closed_at as "closedAt", owner_user_id as "ownerUserId", owner_name as "ownerName"
      from leads where company_id = ${arg("companyId")}::bigint and id = w.id and deleted_at is null limit 1 for update
    ) l cross join lateral (
      select c.stage as "personStage", c.owner_user_id as "personOwner" from contacts c
      where c.company_id = ${arg("companyId")}::bigint and c.id = l."contactId" and c.deleted_at is null
        and ${inReachSql(arg, sql`c.owner_user_id`)}
      limit 1
    ) c cross join lateral (
      select id from leads where company_id = ${arg("companyId")}::bigint and contact_id = l."contactId" and deleted_at is null
      order by closed_at desc nulls first, id desc limit 1
    ) k`,
);
