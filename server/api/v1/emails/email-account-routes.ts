import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { EmailAccount, EmailAccountPatch, EmailAccountTest, NewEmailAccount } from "../../../../shared/v1/email.ts";
import { listOf } from "../../../../shared/v1/fields.ts";
import { mailHostFault } from "../../../channels/email/mail-host-fault.ts";
import { testEmailAccount } from "../../../channels/email/test-email-account.ts";
import { getEmailAccount, listEmailAccounts } from "../../../domain/email/list-email-accounts.ts";
import {
  createEmailAccount,
  disconnectEmailAccount,
  type EmailAccountDeps,
  updateEmailAccount,
} from "../../../domain/email/save-email-account.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { emailAccountPauseRoutes } from "./email-account-pause-routes.ts";
import { inboundAddressRoute } from "./inbound-address-route.ts";
import { parseEmailAccount } from "./parse-email-account.ts";
import { presentEmailAccount } from "./present-email.ts";

export type EmailAccountOptions = {
  encryptionKey: string;
  allowPrivateWebhooks?: boolean;
  /** The mail server of the operator's settings. */
  smtp?: { host: string; port: number } | undefined;
};

type Params = Static<typeof ById>;

const tags = ["e-mail"];
const forAdmins = { roles: ["admin"] } as const;
const idOf = (request: { params: Params }) => idIn(request.params, "email_account");

/** The company's mailboxes: connected, changed, tried, let go. */
export function emailAccountRoutes(app: FastifyInstance, options: EmailAccountOptions): void {
  readRoutes(app);
  writeRoutes(app, options);
  testRoute(app, options);
  emailAccountPauseRoutes(app);
  inboundAddressRoute(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/email-accounts",
    { schema: { summary: "The company's e-mail accounts", tags, response: { 200: listOf(EmailAccount) } } },
    async (request) => ({ data: (await listEmailAccounts(ctxOf(request))).map(presentEmailAccount) }),
  );
  app.get<{ Params: Params }>(
    "/v1/email-accounts/:id",
    { schema: { summary: "One e-mail account", tags, params: ById, response: { 200: EmailAccount } } },
    async (request, reply) => tagged(reply, presentEmailAccount(await getEmailAccount(ctxOf(request), idOf(request)))),
  );
}

function writeRoutes(app: FastifyInstance, options: EmailAccountOptions): void {
  const deps = depsOf(options);
  app.post<{ Body: NewEmailAccount }>(
    "/v1/email-accounts",
    {
      config: forAdmins,
      schema: {
        summary: "Connect a mailbox",
        description: "Mails that waited because there was none go out by it.",
        tags,
        body: NewEmailAccount,
        response: { 201: EmailAccount },
      },
    },
    async (request, reply) => {
      const input = { ...parseEmailAccount(request.body), fromAddress: request.body.from_address };
      const account = await createEmailAccount(ctxOf(request), input, deps);
      return created(reply, "/v1/email-accounts", presentEmailAccount(account));
    },
  );
  changeRoutes(app, deps);
}

function changeRoutes(app: FastifyInstance, deps: EmailAccountDeps): void {
  const patchSchema = { summary: "Change an e-mail account", tags, params: ById, body: EmailAccountPatch };
  app.patch<{ Params: Params; Body: EmailAccountPatch }>(
    "/v1/email-accounts/:id",
    { config: forAdmins, schema: { ...patchSchema, response: { 200: EmailAccount } } },
    async (request, reply) => {
      const input = { ...parseEmailAccount(request.body), ...ifMatch(request) };
      const account = await updateEmailAccount(ctxOf(request), idOf(request), input, deps);
      return tagged(reply, presentEmailAccount(account));
    },
  );
  const deleteSchema = { summary: "Disconnect a mailbox; its mails stay", tags, params: ById };
  app.delete<{ Params: Params }>(
    "/v1/email-accounts/:id",
    { config: forAdmins, schema: { ...deleteSchema, response: { 204: noContent } } },
    async (request, reply) => {
      await disconnectEmailAccount(ctxOf(request), idOf(request));
      reply.code(204);
      return null;
    },
  );
}

function testRoute(app: FastifyInstance, options: EmailAccountOptions): void {
  const { encryptionKey, allowPrivateWebhooks = false, smtp: trusted } = options;
  app.post<{ Params: Params }>(
    "/v1/email-accounts/:id/test",
    {
      // The mail server is asked meanwhile: no transaction may wait for it.
      config: { ...forAdmins, ownIdempotency: true },
      schema: {
        summary: "Talk to the account's mail server: connect, encrypt, sign in",
        tags,
        params: ById,
        response: { 200: EmailAccountTest },
      },
    },
    async (request) =>
      testEmailAccount(ctxOf(request), idOf(request), {
        encryptionKey,
        policy: { allowPrivate: allowPrivateWebhooks, trusted },
      }),
  );
}

function depsOf({ encryptionKey, allowPrivateWebhooks = false }: EmailAccountOptions): EmailAccountDeps {
  return { encryptionKey, hostFault: mailHostFault({ allowPrivate: allowPrivateWebhooks }) };
}
