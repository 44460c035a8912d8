import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { NewRebooking, OpenedRebooking, RebookingProposal, RebookingQuery } from "../../../../shared/v1/rebooking.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { openRebooking, proposalFor } from "../../../domain/rebooking/open-rebooking.ts";
import { sendOriginOf } from "../../../domain/sends/send-origin-of.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { ById, idIn } from "../path-params.ts";
import { presentDecision } from "../sending/present-decision.ts";
import { presentProposal } from "./present-proposal.ts";

export function rebookingRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById>; Querystring: RebookingQuery }>(
    "/v1/customers/:id/rebooking",
    {
      schema: {
        summary: "What a proposal to come again would say now, and by which way it would go",
        tags: ["customers"],
        params: ById,
        querystring: RebookingQuery,
        response: { 200: RebookingProposal },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const options = { origin: sendOriginOf(ctx), again: request.query.again === "true" };
      return presentProposal(await proposalFor(ctx, idIn(request.params, "contact"), options));
    },
  );
  app.post<{ Params: Static<typeof ById>; Body: NewRebooking }>(
    "/v1/customers/:id/rebooking",
    {
      schema: {
        summary: "Open the conversation with a proposal to come again",
        description:
          "A list of free times inside the 24-hour window, the company's template outside of it, a mail where WhatsApp does not take it or a mailbox is named. 409 conflict where a proposal still waits to go out, and where one was not answered within 7 days or a visit is ahead (say `again` then); 409 send_refused where the send policy says no, with what could be done instead.",
        tags: ["customers"],
        params: ById,
        body: NewRebooking,
        response: { 201: OpenedRebooking },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { channel_account_id: channelAccountId, text, again } = request.body;
      const { message, decision, proposal } = await openRebooking(ctx, idIn(request.params, "contact"), {
        origin: sendOriginOf(ctx),
        ...withoutUndefined({ channelAccountId, text, again }),
      });
      reply.code(201).header("location", `/v1/messages/${message.id}`);
      return {
        message: await presentMessage(ctx, message),
        decision: presentDecision(decision),
        proposal: presentProposal(proposal),
      };
    },
  );
}
