import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { Email, NewEmail } from "../../../../shared/v1/email.ts";
import { listOf, pageOf, paging } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { AttachmentFiles } from "../../../domain/attachments/attachment-files.ts";
import { filesOfMails } from "../../../domain/attachments/files-of-mails.ts";
import type { Ctx } from "../../../domain/context.ts";
import type { Email as Mail } from "../../../domain/email/email.ts";
import { getEmail } from "../../../domain/email/get-email.ts";
import { emailsOfContact, threadOf } from "../../../domain/email/list-emails.ts";
import { sendEmail, statusOfMailInWords } from "../../../domain/email/send-email.ts";
import { countVisits } from "../../../domain/email/tracking/count-visits.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { emailHtmlRoute } from "./email-html-route.ts";
import { presentEmail } from "./present-email.ts";

const tags = ["e-mail"];
const ListQuery = Type.Object(paging);
type Params = Static<typeof ById>;

/** Mails, written and read. What becomes of one that is queued comes by itself; its outbox is that of all messages. */
export function emailRoutes(app: FastifyInstance, files: AttachmentFiles): void {
  sendRoute(app);
  readRoutes(app);
  listRoute(app);
  emailHtmlRoute(app, files);
}

function sendRoute(app: FastifyInstance): void {
  app.post<{ Body: NewEmail }>(
    "/v1/emails",
    {
      schema: {
        summary: "Send an e-mail",
        description:
          "Goes out by the outbox and the send policy; 409 send_refused where that says no. With no account connected it waits as queued.",
        tags,
        body: NewEmail,
        response: { 201: Email },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const ctx = ctxOf(request);
      const email = await sendEmail(ctx, {
        contactId: body.contact_id,
        subject: body.subject,
        ...withoutUndefined({
          leadId: body.lead_id,
          to: body.to,
          cc: body.cc,
          bcc: body.bcc,
          body: body.body,
          html: body.html,
          inReplyToMessageId: body.in_reply_to_id,
          attachmentIds: body.attachment_ids,
          purpose: body.purpose,
          channelAccountId: body.email_account_id,
        }),
      });
      reply.code(201).header("location", `/v1/emails/${email.messageId}`);
      const [view] = await presented(ctx, [{ ...email, statusReason: statusOfMailInWords(email) }]);
      return view;
    },
  );
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/emails/:id",
    { schema: { summary: "One e-mail", tags, params: ById, response: { 200: Email } } },
    async (request) => {
      const ctx = ctxOf(request);
      const [view] = await presented(ctx, [await getEmail(ctx, idIn(request.params, "email"))]);
      return view;
    },
  );
  app.get<{ Params: Params }>(
    "/v1/emails/:id/thread",
    {
      schema: {
        summary: "The thread of an e-mail, oldest first",
        tags,
        params: ById,
        response: { 200: listOf(Email) },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      return { data: await presented(ctx, await threadOf(ctx, idIn(request.params, "email"))) };
    },
  );
}

function listRoute(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof ListQuery> }>(
    "/v1/contacts/:id/emails",
    {
      schema: {
        summary: "A person's e-mails, newest first",
        tags,
        params: ById,
        querystring: ListQuery,
        response: { 200: pageOf(Email) },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const contactId = idIn(request.params, "contact");
      const { cursor: before } = idCursor("emails", request.query.cursor);
      const limit = limitOf(request.query);
      const { items, next } = await emailsOfContact(ctx, { contactId, limit, ...withoutUndefined({ before }) });
      const page = {
        items: await presented(ctx, items),
        next: cursorWord("emails", next === null ? null : [null, next]),
      };
      return presentPage(request, reply, page, (email) => email);
    },
  );
}

async function presented(ctx: Ctx, emails: Mail[]) {
  const ids = emails.map(({ messageId }) => messageId);
  const [visits, files] = await Promise.all([countVisits(ctx, ids), filesOfMails(ctx, ids)]);
  return Promise.all(
    emails.map((email) =>
      presentEmail(email, { visits: visits.get(email.messageId), files: files.get(email.messageId) }),
    ),
  );
}
