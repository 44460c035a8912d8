import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { salesFigures } from "../../../domain/sales-figures/sales-figures.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentMoney } from "../money.ts";
import { daysOf } from "../period.ts";
import { notForSecretariat, salespersonAsked } from "../roles.ts";
import { AnalyticsQuery, AnalyticsView } from "./analytics-schemas.ts";

export function analyticsRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof AnalyticsQuery> }>(
    "/analytics/salesperson",
    {
      onRequest: notForSecretariat,
      schema: {
        summary: "Communications, actions and customers in a time; a salesperson's own",
        tags: ["Analytics"],
        querystring: AnalyticsQuery,
        response: { 200: AnalyticsView },
      },
    },
    async (request) => {
      const { assignedSalesId } = request.query;
      const asked = { ...salespersonAsked(request, assignedSalesId), ...daysOf(request.query) };
      const { communications, actions, customers } = await salesFigures(ctxOf(request), asked);
      return {
        communications,
        actions,
        customers: { ...customers, totalRevenue: presentMoney(customers.totalRevenue) },
      };
    },
  );
}
