import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { pageOf, paging } from "../../../../shared/v1/fields.ts";
import {
  SimulatedDelivery,
  SimulatedMail,
  SimulatedMailAnswer,
  SimulatedNewMail,
} from "../../../../shared/v1/simulated-mail.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { answerSimulatedMail, strangersMail } from "../../../channels/email/demo/answer-simulated-mail.ts";
import type { Db } from "../../../db/connection.ts";
import type { Ctx } from "../../../domain/context.ts";
import { DomainError } from "../../../domain/domain-error.ts";
import type { SimulatedMail as Mail } from "../../../domain/email/demo/simulated-mail.ts";
import { getSimulatedMail, listSimulatedMails, rawSimulatedMail } from "../../../domain/email/demo/simulated-mail.ts";
import { listEmailAccounts } from "../../../domain/email/list-email-accounts.ts";
import { readMailAddress } from "../../../domain/email/mail-address.ts";
import { receiveMail } from "../../../domain/mail-intake/receive-mail.ts";
import { ctxOf } from "../../http/request-state.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";

type Params = Static<typeof ById>;

const tags = ["simulator"];
const ListQuery = Type.Object(paging);
const idOf = (request: { params: Params }) => idIn(request.params, "simulated_mail");
// The mail is stored on its own, as if it came from outside.
const config = { ownIdempotency: true };

/** The demo's mailbox: what its mail server took, and the people behind it, who answer. */
export function mailboxRoutes(app: FastifyInstance, { db }: { db: Db }): void {
  readRoutes(app);
  answerRoute(app, db);
  writeRoute(app, db);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    "/v1/simulator/mailbox",
    {
      schema: {
        summary: "Mails that the demo's mail server took, newest first",
        tags,
        querystring: ListQuery,
        response: { 200: pageOf(SimulatedMail) },
      },
    },
    async (request, reply) => {
      const { cursor: before } = idCursor("mailbox", request.query.cursor);
      const page = { limit: limitOf(request.query), ...withoutUndefined({ before }) };
      const { items, next } = await listSimulatedMails(ctxOf(request), page);
      return presentPage(
        request,
        reply,
        { items, next: cursorWord("mailbox", next === null ? null : [null, next]) },
        present,
      );
    },
  );
  app.get<{ Params: Params }>(
    "/v1/simulator/mailbox/:id",
    { schema: { summary: "One such mail", tags, params: ById, response: { 200: SimulatedMail } } },
    async (request) => present(await getSimulatedMail(ctxOf(request), idOf(request))),
  );
  app.get<{ Params: Params }>(
    "/v1/simulator/mailbox/:id/raw",
    { schema: { summary: "One such mail as it came over the wire", tags, params: ById } },
    async (request, reply) =>
      reply
        .type("message/rfc822")
        .header("content-disposition", "attachment")
        .send(await rawSimulatedMail(ctxOf(request), idOf(request))),
  );
}

function answerRoute(app: FastifyInstance, db: Db): void {
  app.post<{ Params: Params; Body: SimulatedMailAnswer }>(
    "/v1/simulator/mailbox/:id/answer",
    {
      config,
      schema: {
        summary: "Answer such a mail as the person it went to, as their absence note, or as a server that knows nobody",
        tags,
        params: ById,
        body: SimulatedMailAnswer,
        response: { 202: SimulatedDelivery },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { kind = "reply", text } = request.body;
      const mail = await getSimulatedMail(ctx, idOf(request));
      const raw = await answerSimulatedMail(mail, kind === "bounce" ? { kind, diagnostic: text } : { kind, text });
      reply.code(202);
      return { delivery_id: await deliver(ctx, db, raw) };
    },
  );
}

function writeRoute(app: FastifyInstance, db: Db): void {
  app.post<{ Body: SimulatedNewMail }>(
    "/v1/simulator/mailbox",
    {
      config,
      schema: {
        summary: "Play somebody who writes a mail to us",
        tags,
        body: SimulatedNewMail,
        response: { 202: SimulatedDelivery },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const { address, name } = readMailAddress(request.body.from, "from");
      const { fromAddress } = await accountOf(ctx);
      const from = name === "" ? address : `"${name.replaceAll('"', "'")}" <${address}>`;
      const raw = await strangersMail({ ...request.body, from, to: fromAddress });
      reply.code(202);
      return { delivery_id: await deliver(ctx, db, raw) };
    },
  );
}

/** On the very way that mails from outside take. */
async function deliver(ctx: Ctx, db: Db, raw: Buffer): Promise<number> {
  const { id } = await accountOf(ctx);
  return receiveMail(db, { companyId: ctx.companyId, channelAccountId: id, raw });
}

async function accountOf(ctx: Ctx): Promise<{ id: number; fromAddress: string }> {
  const account = (await listEmailAccounts(ctx)).find(({ status }) => status === "connected");
  if (!account) throw new DomainError({ kind: "conflict", message: "No e-mail account is connected here." });
  return account;
}

function present(mail: Mail): SimulatedMail {
  return {
    id: mail.id,
    envelope_from: mail.envelopeFrom,
    envelope_to: mail.envelopeTo,
    from: mail.from,
    to: mail.to,
    reply_to: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    internet_message_id: mail.internetMessageId,
    size_bytes: mail.sizeBytes,
    received_at: mail.receivedAt,
  };
}
