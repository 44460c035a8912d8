import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { searchCap, searchContacts } from "../contacts/search-contacts.ts";
import type { Ctx } from "../context.ts";
import { type Lead, leadColumns, leadNumberIn, leadSource } from "./lead.ts";
import { type LeadFilter, type LeadFilterArgs, leadFilterArgs, leadFilterSql } from "./lead-filter.ts";

export type LeadSearch = LeadFilter & { query: string; limit: number; offset?: number };

/** The leads of people who are found by these words, or the one with this code; newest first, and how many there are. */
export async function searchLeads(ctx: Ctx, search: LeadSearch): Promise<{ items: Lead[]; total: number }> {
  const { query, limit, offset = 0 } = search;
  const found = await searchContacts(ctx, { query, limit: searchCap });
  const people = found.items.map(({ id }) => id);
  const args = { ...leadFilterArgs(ctx, search), people, number: leadNumberIn(query) ?? null, offset, limit };
  const rows = await ctx.db.slow.all(leadsFound(args));
  const items = rows.map(({ total: _total, ...lead }) => lead);
  return { items, total: rows[0]?.total ?? (offset === 0 ? 0 : offset) };
}

type SearchArgs = LeadFilterArgs & { people: number[]; number: number | null; offset: number; limit: number };

// People are few, so their leads are sought one by one; a lead's number has an index of its own.
const leadsFound = prepared<SearchArgs>()(
  (_db, arg) => sql<Lead & { total: number }>`
    with hits as materialized (
      select h.id, h.created_at from unnest(${arg("people")}::bigint[]) as p (contact_id) cross join lateral (
        select l.id, l.created_at from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
        where l.contact_id = p.contact_id and ${leadFilterSql(arg)} limit 100
      ) h
      union
      select l.id, l.created_at from leads l left join contacts c on c.company_id = l.company_id and c.id = l.contact_id
      where l.number = ${arg("number")}::bigint and ${leadFilterSql(arg)}
    ), page as materialized (
      select id, created_at from hits order by created_at desc, id desc limit ${arg("limit")}::int offset ${arg("offset")}::int
    )
    select ${leadColumns}, (select count(*) from hits) as total
    from page join (${leadSource}) on l.company_id = ${arg("companyId")}::bigint and l.id = page.id
    order by l.created_at desc, l.id desc`,
);
