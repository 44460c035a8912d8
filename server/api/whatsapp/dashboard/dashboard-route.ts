import type { FastifyInstance } from "fastify";
import { topContacts } from "../../../domain/contacts/top-contacts.ts";
import type { Ctx } from "../../../domain/context.ts";
import { pageConversations } from "../../../domain/conversations/page-conversations.ts";
import { whatsappAccount } from "../../../domain/conversations/whatsapp-account.ts";
import { requireWholeReach } from "../../../domain/reach/reach.ts";
import { companyTotals } from "../../../domain/rollups/company-totals.ts";
import { recentCounts } from "../../../domain/rollups/recent-counts.ts";
import { SharedReadings } from "../../../domain/rollups/shared-readings.ts";
import { ctxOf } from "../../http/request-state.ts";
import { hourly } from "../field-schemas.ts";
import { Dashboard } from "./dashboard-schemas.ts";
import { presentDashboard } from "./present-dashboard.ts";

const listed = 5;

export function dashboardRoute(app: FastifyInstance): void {
  app.get(
    "/api/crm/dashboard",
    {
      schema: {
        summary: "Overview of the WhatsApp Business account",
        tags: ["Dashboard"],
        response: { 200: Dashboard },
      },
      config: { hourly: hourly.dashboard, beforeSync: true },
    },
    async (request) => {
      const ctx = ctxOf(request);
      requireWholeReach(ctx);
      const data = await readings.read(ctx, String(ctx.companyId), async () =>
        presentDashboard(await readDashboard(ctx)),
      );
      return { success: true, data };
    },
  );
}

const readings = new SharedReadings<ReturnType<typeof presentDashboard>>();

async function readDashboard(ctx: Ctx) {
  const [account, totals, counts, conversations, people] = await Promise.all([
    whatsappAccount(ctx),
    companyTotals(ctx),
    recentCounts(ctx),
    pageConversations(ctx, { limit: listed, offset: 0 }),
    topContacts(ctx, listed),
  ]);
  return { account, totals, counts, conversations, people };
}
