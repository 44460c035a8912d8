import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import {
  Loyalty,
  LoyaltyQuery,
  LoyaltyRules,
  LoyaltyRulesPatch,
  NewLoyaltyEntry,
} from "../../../../shared/v1/customer.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getRecord } from "../../../domain/customers/get-record.ts";
import { enterLoyalty, listLoyaltyEntries } from "../../../domain/customers/loyalty-entries.ts";
import {
  type LoyaltyRules as DomainRules,
  getLoyaltyRules,
  tierOf,
  updateLoyaltyRules,
} from "../../../domain/customers/loyalty-rules.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseMoney, presentMoney } from "../present-money.ts";
import { presentLoyaltyEntry } from "./present-customer.ts";

const tags = ["customers"];
type Params = Static<typeof ById>;

export function loyaltyRoutes(app: FastifyInstance): void {
  pointRoutes(app);
  ruleRoutes(app);
}

function pointRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: LoyaltyQuery }>(
    "/v1/contacts/:id/loyalty",
    {
      schema: {
        summary: "A person's points: balance, tier and history",
        tags,
        params: ById,
        querystring: LoyaltyQuery,
        response: { 200: Loyalty },
      },
    },
    (request, reply) => presentLoyalty(request, reply, idIn(request.params, "contact"), request.query),
  );
  app.post<{ Params: Params; Body: NewLoyaltyEntry }>(
    "/v1/contacts/:id/loyalty",
    {
      schema: {
        summary: "Give, take or redeem points",
        tags,
        params: ById,
        body: NewLoyaltyEntry,
        response: { 200: Loyalty },
      },
    },
    async (request, reply) => {
      const contactId = idIn(request.params, "contact");
      const { kind, points, reason } = request.body;
      await enterLoyalty(ctxOf(request), contactId, { kind, points, ...withoutUndefined({ reason }) });
      return presentLoyalty(request, reply, contactId, {});
    },
  );
}

function ruleRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/loyalty-rules",
    { schema: { summary: "Points and tiers", tags, response: { 200: LoyaltyRules } } },
    async (request, reply) => tagged(reply, presentRules(await getLoyaltyRules(ctxOf(request)))),
  );
  app.patch<{ Body: LoyaltyRulesPatch }>(
    "/v1/loyalty-rules",
    {
      config: forManagers,
      schema: { summary: "Change points and tiers", tags, body: LoyaltyRulesPatch, response: { 200: LoyaltyRules } },
    },
    async (request, reply) => {
      const patch = withoutUndefined({
        pointsPerUnit: parseMoney(request.body.points_per_unit),
        tiers: request.body.tiers,
      });
      return tagged(reply, presentRules(await updateLoyaltyRules(ctxOf(request), patch, ifMatch(request))));
    },
  );
}

async function presentLoyalty(request: FastifyRequest, reply: FastifyReply, contactId: number, query: LoyaltyQuery) {
  const ctx = ctxOf(request);
  const { loyaltyPoints: points, loyaltyEarned: earned } = await getRecord(ctx, contactId);
  const paging = { limit: limitOf(query), ...idCursor("loyalty", query.cursor) };
  const [rules, { items, next }] = await Promise.all([
    getLoyaltyRules(ctx),
    listLoyaltyEntries(ctx, contactId, paging),
  ]);
  const page = { items, next: cursorWord("loyalty", next === null ? null : [null, next]) };
  const above = rules.tiers.find(({ from }) => from > earned);
  return {
    contact_id: contactId,
    points,
    earned,
    tier: tierOf(rules, earned),
    next_tier: above ? { name: above.name, points_missing: above.from - earned } : null,
    ...presentPage(request, reply, page, presentLoyaltyEntry),
  };
}

function presentRules({ pointsPerUnit, tiers, version }: DomainRules): LoyaltyRules {
  return { points_per_unit: presentMoney(pointsPerUnit), tiers, version };
}
