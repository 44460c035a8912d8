import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { requireWholeReach } from "../reach/reach.ts";
import { SharedReadings } from "./shared-readings.ts";

/** All there is by WhatsApp: living people, their conversations, and every message that went to and fro. Mails are not counted. */
export type CompanyTotals = {
  contacts: number;
  openConversations: number;
  snoozedConversations: number;
  closedConversations: number;
  messagesSent: number;
  messagesReceived: number;
};

export async function companyTotals(ctx: Ctx): Promise<CompanyTotals> {
  requireWholeReach(ctx);
  const { companyId } = ctx;
  const row = await readings.read(ctx, String(companyId), () => ctx.db.first(sumTotals({ companyId })));
  if (!row) throw new Error("a sum gave no row");
  return row;
}

const readings = new SharedReadings<CompanyTotals | undefined>();

const sumTotals = prepared<{ companyId: number }>()(
  (_db, arg) => sql<CompanyTotals>`
    select coalesce(sum(contacts), 0)::bigint as contacts, coalesce(sum(open_conversations), 0)::bigint as "openConversations",
      coalesce(sum(snoozed_conversations), 0)::bigint as "snoozedConversations",
      coalesce(sum(closed_conversations), 0)::bigint as "closedConversations",
      coalesce(sum(sent), 0)::bigint as "messagesSent", coalesce(sum(received), 0)::bigint as "messagesReceived"
    from company_totals where company_id = ${arg("companyId")}::bigint`,
);
