import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { calculateLeadScore } from "../../domain/scoring/lead-score.ts";
import { readId } from "../http/read-id.ts";
import { ctxOf } from "../http/request-state.ts";
import { ById, success } from "./field-schemas.ts";

const Score = Type.Object({
  status: Type.String(),
  message: Type.String(),
  lead_score: Type.Integer(),
  breakdown: Type.Record(Type.String(), Type.Integer()),
  band: Type.String(),
});

export function leadScoreRoutes(app: FastifyInstance): void {
  app.post<{ Params: Static<typeof ById> }>(
    "/api/crm/lead-score/:id",
    { schema: { summary: "Calculate a lead score", tags: ["Lead score"], params: ById, response: { 200: Score } } },
    async (request) => {
      const { score, breakdown, band } = await calculateLeadScore(ctxOf(request), readId(request.params.id, "contact"));
      return { ...success("Lead score calculated successfully"), lead_score: score, breakdown, band };
    },
  );
}
