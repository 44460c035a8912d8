import type { FastifyInstance, FastifyReply } from "fastify";
import { type Static, Type } from "typebox";
import { type DayOfTraffic, trafficByDay } from "../../../domain/rollups/traffic-by-day.ts";
import { ctxOf } from "../../http/request-state.ts";
import { hourly } from "../field-schemas.ts";

const longestPeriodDays = 365;

const AnalyticsQuery = Type.Object({
  days: Type.Optional(Type.Integer({ minimum: 1, description: "30 where not said; above 365 it is 365" })),
});

const Analytics = Type.Object({
  success: Type.Boolean(),
  data: Type.Object({
    messageTrend: Type.Array(
      Type.Object({ _id: Type.String(), count: Type.Integer(), sent: Type.Integer(), received: Type.Integer() }),
    ),
    avgResponseTime: Type.Integer({ description: "Seconds; 0 where nothing was answered" }),
    contactGrowth: Type.Array(Type.Object({ _id: Type.String(), count: Type.Integer() })),
    period: Type.String(),
  }),
});

export function analyticsRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof AnalyticsQuery> }>(
    "/api/crm/analytics",
    {
      schema: {
        summary: "Messages, new contacts and response time by day",
        description: "Days of the company's time zone, newest first; a day on which nothing happened is left out.",
        tags: ["Analytics"],
        querystring: AnalyticsQuery,
        response: { 200: Analytics },
      },
      config: { hourly: hourly.analytics },
    },
    async (request, reply) => {
      const days = Math.min(request.query.days ?? 30, longestPeriodDays);
      const traffic = await trafficByDay(ctxOf(request), days);
      const text = texts.get(traffic) ?? reply.serialize({ success: true, data: presentAnalytics(traffic, days) });
      texts.set(traffic, text);
      return reply.type("application/json; charset=utf-8").send(text);
    },
  );
}

/** Those who share a reading share its text too: to write out a year costs as much as to read it. */
const texts = new WeakMap<DayOfTraffic[], ReturnType<FastifyReply["serialize"]>>();

function presentAnalytics(traffic: DayOfTraffic[], days: number) {
  const responses = sum(traffic.map((day) => day.responses));
  const responseMs = sum(traffic.map((day) => day.responseMs));
  return {
    messageTrend: traffic
      .filter(({ sent, received }) => sent + received > 0)
      .map(({ on, sent, received }) => ({ _id: on, count: sent + received, sent, received })),
    avgResponseTime: responses === 0 ? 0 : Math.round(responseMs / responses / 1000),
    contactGrowth: traffic
      .filter(({ contactsCreated }) => contactsCreated > 0)
      .map(({ on, contactsCreated }) => ({ _id: on, count: contactsCreated })),
    period: days === 1 ? "Last 1 day" : `Last ${days} days`,
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
