import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { memberNames } from "../../../domain/accounts/member-names.ts";
import { sendEmail, statusOfMailInWords } from "../../../domain/email/send-email.ts";
import { leadCode } from "../../../domain/leads/lead.ts";
import { emailsOfLead } from "../../../domain/leads/lead-emails.ts";
import { ctxOf } from "../../http/request-state.ts";
import { LeadPath, PageQuery } from "../field-schemas.ts";
import { leadOf, requireSameLead } from "../lead-of.ts";
import { pageOfQuery, readPage } from "../page-of-query.ts";
import { EmailBody, EmailList, EmailWritten } from "./email-schemas.ts";
import { presentEmail } from "./present-email.ts";

const tags = ["Emails"];
type Params = Static<typeof LeadPath>;
type SendRequest = { Params: Params; Body: Static<typeof EmailBody> };

export function emailRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof PageQuery> }>(
    "/api/crm/leads/:lead_id/emails",
    {
      schema: {
        ...{ summary: "List a lead's e-mails, newest first", tags, params: LeadPath, querystring: PageQuery },
        response: { 200: EmailList },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const lead = await leadOf(ctx, request.params.lead_id);
      const emails = await readPage({ request, reply }, pageOfQuery(request.query), (page) =>
        emailsOfLead(ctx, lead, page),
      );
      const names = await memberNames(
        ctx,
        emails.map(({ userId }) => userId),
      );
      return emails.map((email) => presentEmail(lead, email, names));
    },
  );
  app.post<SendRequest>(
    "/api/crm/leads/:lead_id/emails",
    {
      schema: {
        ...{ summary: "Send an e-mail to a lead", tags, params: LeadPath, body: EmailBody },
        response: { 200: EmailWritten },
      },
    },
    send,
  );
}

async function send(request: FastifyRequest<SendRequest>): Promise<Static<typeof EmailWritten>> {
  const ctx = ctxOf(request);
  const lead = await leadOf(ctx, request.params.lead_id);
  requireSameLead(lead, request.body);
  const { subject, body } = request.body;
  const [to, cc, bcc] = [request.body.to, request.body.cc, request.body.bcc].map(addressesOf);
  const sent = await sendEmail(ctx, {
    ...{ contactId: lead.contactId, leadId: lead.id, subject, body },
    ...withoutUndefined({ to, cc, bcc }),
  });
  return {
    message: sent.status === "queued" && sent.statusReason ? "Email queued" : "Email sent successfully",
    id: String(sent.activityId),
    lead_id: leadCode(lead.number),
    status: sent.status,
    statusReason: statusOfMailInWords(sent) ?? "",
  };
}

function addressesOf(said: string | string[] | null | undefined): string[] | undefined {
  const texts = typeof said === "string" ? said.split(/[,;]/) : (said ?? []);
  const addresses = texts.map((text) => text.trim()).filter((text) => text !== "");
  return addresses.length === 0 ? undefined : addresses;
}
