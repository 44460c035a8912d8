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
  const { companyId } = tx;
  const owners = await tx.tx.all(peopleOfLeads({ companyId, ids }));
  const contactIds = [...new Set(owners.map(({ contactId }) => contactId))];
  // People before leads and each in one order, so that two acts on common ones wait instead of blocking each other.
  const people = await tx.tx.all(peopleForUpdate({ companyId, contactIds, ...reachArgs(tx) }));
  const leads = await tx.tx.all(leadsForUpdate({ companyId, contactIds: people.map(({ contactId }) => contactId) }));
  const personOf = new Map(people.map((person) => [person.contactId, person]));
  const current = new Map(leads.toSorted(byEnd).map((lead) => [lead.contactId, lead.id]));
  const wanted = new Set(ids);
  return new Map(
    leads.flatMap((lead) => {
      const person = personOf.get(lead.contactId);
      if (!person || !wanted.has(lead.id)) return [];
      const { personStage, personOwner } = person;
      return [[lead.id, { ...lead, personStage, personOwner, isCurrent: current.get(lead.contactId) === lead.id }]];
    }),
  );
}

/** The open one last, before it what ended last. */
function byEnd(one: LeadRow, other: LeadRow): number {
  return (endOf(one) === endOf(other) ? 0 : endOf(one) - endOf(other)) || one.id - other.id;
}

function endOf({ closedAt }: LeadRow): number {
  return closedAt === null ? Number.POSITIVE_INFINITY : Date.parse(closedAt);
}

type LeadRow = Omit<HeldLead, "personStage" | "personOwner" | "isCurrent">;
type PersonRow = Pick<HeldLead, "contactId" | "personStage" | "personOwner">;

// One pass each, whatever the planner believes of the tables: joined, ten thousand took a minute in a company that had just grown.
const peopleOfLeads = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<{ contactId: number }>`
    select contact_id as "contactId" from leads
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[]) and deleted_at is null`,
);

const peopleForUpdate = prepared<{ companyId: number; contactIds: number[] } & ReachArgs>()(
  (_db, arg) => sql<PersonRow>`
    select c.id as "contactId", c.stage as "personStage", c.owner_user_id as "personOwner" from contacts c
    where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[]) and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}
    order by c.id for update`,
);

const leadsForUpdate = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<LeadRow>`
    select id, contact_id as "contactId", stage, closed_at as "closedAt", owner_user_id as "ownerUserId", owner_name as "ownerName"
    from leads
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[]) and deleted_at is null
    order by id for update`,
);
