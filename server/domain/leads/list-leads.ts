import { type RawBuilder, sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { type Lead, leadColumns } from "./lead.ts";

export type LeadQuery = { stage?: Stage; contactId?: number; limit: number; cursor?: TimeCursor };

/** Leads, newest first. */
export async function listLeads(ctx: Ctx, query: LeadQuery): Promise<Page<Lead, TimeCursor>> {
  const { limit, cursor = newestFirst, stage = null, contactId = null } = query;
  const args = { companyId: ctx.companyId, stage, contactId, ...cursor, count: limit + 1 };
  const rows = await ctx.db.all(statementFor(query)(args));
  return pageOf(rows, limit, (lead) => ({ at: lead.createdAt, id: lead.id }));
}

function statementFor(query: LeadQuery) {
  if (query.contactId !== undefined) return leadsOfContact;
  return query.stage === undefined ? allLeads : leadsInStage;
}

type LeadArgs = {
  companyId: number;
  stage: Stage | null;
  contactId: number | null;
  at: string;
  id: number;
  count: number;
};

const allLeads = leadList(() => sql``);

const leadsInStage = leadList((arg) => sql`and l.stage = ${arg("stage")}::text`);

const leadsOfContact = leadList(
  (arg) => sql`and l.contact_id = ${arg("contactId")}::bigint
    and (${arg("stage")}::text is null or l.stage = ${arg("stage")}::text)`,
);

function leadList(filter: (arg: <Key extends keyof LeadArgs>(key: Key) => LeadArgs[Key]) => RawBuilder<unknown>) {
  return prepared<LeadArgs>()(
    (_db, arg) => sql<Lead>`
      select ${leadColumns} from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
      where l.company_id = ${arg("companyId")}::bigint and l.deleted_at is null
        and (l.created_at, l.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint) ${filter(arg)}
      order by l.created_at desc, l.id desc limit ${arg("count")}::int`,
  );
}
