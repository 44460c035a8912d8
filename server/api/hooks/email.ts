import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../../db/connection.ts";
import { invalid } from "../../domain/domain-error.ts";
import { accountOfInboundSecret } from "../../domain/email/received/account-of-inbound-secret.ts";
import { largestMailBytes, receiveMail } from "../../domain/mail-intake/receive-mail.ts";
import { RequestFailure } from "../http/failure.ts";
import { mailInBody } from "./mail-in-body.ts";
import { refuseGuess } from "./refuse-guess.ts";

export type EmailHookOptions = { db: Db; onStored: () => void };

/** Base64 in JSON takes a third more, and forms repeat the addresses. */
const bodyLimit = Math.ceil(largestMailBytes * 1.4);

/**
 * `POST /hooks/email/<secret>`: a mail as it came, from a mail server or a provider. Answered only when it is stored; the secret in the
 * address says whose it is.
 */
export function emailHook({ db, onStored }: EmailHookOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit }, (_request, body, done) => done(null, body));
    // The address is a secret, and stays out of the log.
    app.post<{ Params: { secret: string } }>(
      "/hooks/email/:secret",
      { logLevel: "silent", bodyLimit },
      async (request, reply) => {
        const account = await accountOfInboundSecret(db, request.params.secret);
        if (!account) return refuse(db, request, reply);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const raw = mailInBody(body, request.headers["content-type"] ?? "");
        if (raw === undefined || raw.length === 0) throw invalid("body", noMail);
        if (raw.length > largestMailBytes)
          throw new RequestFailure({ kind: "too_large", message: `A mail may have ${largestMailBytes} bytes.` });
        await receiveMail(db, { ...account, raw });
        onStored();
        return reply.type("application/json; charset=utf-8").send('{"status":"stored"}');
      },
    );
  };
}

const noMail =
  "Send the mail as message/rfc822, as a form with the field email, message or body-mime, or as JSON with raw in base64.";

function refuse(db: Db, request: FastifyRequest, reply: FastifyReply): Promise<never> {
  return refuseGuess(db, request, reply, { kind: "not_found", entity: "mailbox" });
}
