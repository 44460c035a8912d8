import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { convertLead } from "../../../domain/leads/convert-lead.ts";
import { leadCode } from "../../../domain/leads/lead.ts";
import { ctxOf } from "../../http/request-state.ts";
import { absentBodyIsEmpty } from "../absent-body-is-empty.ts";
import { LeadPath } from "../field-schemas.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { statusOfStage } from "../status-words.ts";
import { ConvertBody, Converted } from "./lead-schemas.ts";
import { parseConversion } from "./parse-lead.ts";

export function convertRoutes(app: FastifyInstance): void {
  const schema = { params: LeadPath, body: ConvertBody, response: { 200: Converted } };
  app.post<{ Params: Static<typeof LeadPath>; Body: Static<typeof ConvertBody> }>(
    "/api/crm/leads/:lead_id/convert-to-deal",
    {
      schema: { summary: "Convert a lead to a deal, once", tags: ["Deal conversion"], ...schema },
      preValidation: absentBodyIsEmpty,
    },
    async (request) => {
      const ctx = ctxOf(request);
      const found = await leadOf(ctx, request.params.lead_id);
      requireSameLead(found, request.body);
      const { lead, deal } = await convertLead(ctx, found.id, parseConversion(found, request.body));
      return {
        message: "Lead converted to deal successfully",
        id: String(lead.id),
        lead_id: leadCode(lead.number),
        deal_id: String(deal.id),
        dealId: String(deal.id),
        status: statusOfStage[lead.stage],
        convertedToDeal: true,
      };
    },
  );
}
