import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { InvitationMail, InvitationMailing } from "../../../../shared/v1/user.ts";
import { createMemberMailer } from "../../../channels/email/member-mailer.ts";
import type { Db } from "../../../db/connection.ts";
import { mailInvitation } from "../../../domain/accounts/mail-invitation.ts";
import type { MemberMailOutcome } from "../../../domain/notifications/member-mailer.ts";
import { baseAddress } from "../../http/base-address.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { forAdmins } from "./for-admins.ts";
import { invitationLink } from "./link-to.ts";

type Options = {
  db: Db;
  encryptionKey: string;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
  /** The mail server of the operator's settings. */
  smtp?: { host: string; port: number } | undefined;
};

/** An invitation's link on its way by the company's own e-mail account. */
export function invitationMailRoute(app: FastifyInstance, options: Options): void {
  const { db, encryptionKey, publicUrl, allowPrivateWebhooks: allowPrivate = false, smtp: trusted } = options;
  const mailer = createMemberMailer({ db, encryptionKey, policy: { allowPrivate, trusted } });
  app.post<{ Params: Static<typeof ById>; Body: InvitationMailing }>(
    "/v1/invitations/:id/mail",
    {
      ...forAdmins,
      // The mail server is asked meanwhile: no transaction may wait for it.
      config: { ...forAdmins.config, ownIdempotency: true },
      schema: {
        summary: "Send an invitation's link to its address",
        description:
          "The token is not kept here: whoever made the invitation gives it. A mail that did not go out is no error.",
        tags: ["accounts"],
        params: ById,
        body: InvitationMailing,
        response: { 200: InvitationMail },
      },
    },
    async (request) => {
      const { token } = request.body;
      const link = `${baseAddress(request, publicUrl)}${invitationLink(token).path}`;
      const invitationId = idIn(request.params, "invitation");
      const outcome = await mailInvitation(ctxOf(request), { invitationId, token, link }, mailer);
      return { mailed: outcome.kind === "sent", message: wordsOf(outcome) };
    },
  );
}

function wordsOf(outcome: MemberMailOutcome): string {
  switch (outcome.kind) {
    case "sent":
      return "The invitation was sent.";
    case "no_account":
      return "No e-mail account that sends is connected.";
    case "unknown":
      return `The mail server fell silent; the mail may have gone. ${outcome.why}`;
    case "later":
    case "refused":
      return `The mail server did not take it. ${outcome.why}`;
  }
}
