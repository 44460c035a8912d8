import { textOf } from "../../../shared/json.ts";
import { sealSecret } from "../../domain/accounts/seal-secret.ts";
import { refuseTakenNumber, saveConnection } from "../../domain/channels/connect-number.ts";
import { markChannelProblem } from "../../domain/channels/mark-channel-problem.ts";
import { noteSubscribed, noteSync } from "../../domain/channels/note-sync.ts";
import type { Ctx } from "../../domain/context.ts";
import { DomainError, invalid } from "../../domain/domain-error.ts";
import { askGraph, type GraphAccess, GraphCallFailed, saidAsRefusal } from "./ask-graph.ts";
import type { GraphTransport } from "./graph-transport.ts";
import { syncTemplates } from "./manage-templates.ts";
import { type MetaApp, numbersOfAccount, readAccount, readNumber, readToken } from "./read-number.ts";
import type { TemplateAccount } from "./template-account.ts";
import { subscribeApp } from "./webhook-subscription.ts";

export type ConnectDeps = { transport: GraphTransport; encryptionKey: string; app: MetaApp | undefined };

export type AccountToConnect = {
  phoneNumberId: string;
  wabaId: string;
  businessId?: string;
  accessToken: string;
  /** Six digits; registers a number that is not registered yet. */
  pin?: string;
  /** The number stays in the phone app too: it must not be registered, and its history may be asked for once. */
  coexistence?: true;
};

/** Connects a number after WhatsApp has confirmed token, number and account, and subscribes to its webhooks. Returns its id. */
export async function connectAccount(ctx: Ctx, deps: ConnectDeps, input: AccountToConnect): Promise<number> {
  const { phoneNumberId, wabaId, accessToken } = input;
  await refuseTakenNumber(ctx, { phoneNumberId, wabaId });
  const access = { transport: deps.transport, accessToken };
  const { number, account, token } = await saidAsRefusal("accessToken", () => verify(access, deps.app, input));
  await saidAsRefusal("wabaId", () => subscribeApp(access, wabaId));
  const setup = await finishSetup(access, input, number.isRegistered);
  const businessId = input.businessId ?? account.businessId ?? undefined;
  const accessTokenSealed = sealSecret(deps.encryptionKey, accessToken);
  const tokenExpiresAt = token?.expiresAt ?? null;
  const id = await ctx.transact(async (tx) => {
    const id = await saveConnection(tx, { phoneNumberId, wabaId, businessId, accessTokenSealed, tokenExpiresAt });
    await noteSync(tx, id, { ...number.facts, businessId: businessId ?? null });
    await noteSubscribed(tx, id);
    if (setup !== undefined) await markChannelProblem(tx, { channelAccountId: id, problem: "setup", details: setup });
    return id;
  });
  await readTemplates(ctx, { wabaId, access });
  return id;
}

/** The number is connected whether or not its templates can be read now; the next sync reads them again. */
async function readTemplates(ctx: Ctx, account: TemplateAccount): Promise<void> {
  await syncTemplates(ctx, account).catch((error: unknown) => {
    if (!(error instanceof GraphCallFailed)) throw error;
  });
}

export type Signup = Omit<AccountToConnect, "accessToken" | "phoneNumberId"> & {
  code: string;
  /** Not given where the signup ended with the account alone (FINISH_ONLY_WABA). */
  phoneNumberId?: string;
};

/** Embedded Signup's code lives 30 seconds: it is exchanged before anything else is looked at. */
export async function connectBySignup(ctx: Ctx, deps: ConnectDeps, { code, ...input }: Signup): Promise<number> {
  const { app, transport } = deps;
  if (!app) {
    const message = "Embedded Signup needs WHATSAPP_APP_ID and WHATSAPP_APP_SECRET in the server's settings.";
    throw new DomainError({ kind: "conflict", message });
  }
  const accessToken = await saidAsRefusal("code", () => exchangeCode(transport, app, code));
  const phoneNumberId = input.phoneNumberId ?? (await onlyNumber({ transport, accessToken }, input.wabaId));
  return connectAccount(ctx, deps, { ...input, phoneNumberId, accessToken });
}

async function onlyNumber(access: GraphAccess, wabaId: string): Promise<string> {
  const [only, ...others] = await saidAsRefusal("wabaId", () => numbersOfAccount(access, wabaId));
  if (only === undefined)
    throw invalid("phoneNumberId", "This WhatsApp Business Account has no number yet. Add one and sign up again.");
  if (others.length > 0)
    throw invalid("phoneNumberId", "This WhatsApp Business Account has several numbers. Say which one to connect.");
  return only;
}

async function exchangeCode(transport: GraphTransport, app: MetaApp, code: string): Promise<string> {
  const query = { client_id: app.id, client_secret: app.secret, code };
  // The exchange takes no token of its own; the app's is as good as none.
  const access = { transport, accessToken: `${app.id}|${app.secret}` };
  const body = await askGraph(access, { method: "GET", path: "/oauth/access_token", query, timeoutMs: 10_000 });
  const token = textOf(body.access_token);
  if (token === undefined) throw new GraphCallFailed("no token came for the code");
  return token;
}

async function verify(access: GraphAccess, app: MetaApp | undefined, input: AccountToConnect) {
  const [number, members, account, token] = await Promise.all([
    readNumber(access, input.phoneNumberId),
    numbersOfAccount(access, input.wabaId),
    readAccount(access, input.wabaId),
    app ? readToken(access, app) : undefined,
  ]);
  if (token && !token.isValid) throw invalid("accessToken", token.why);
  if (!members.includes(input.phoneNumberId))
    throw invalid("phoneNumberId", "The number does not belong to this WhatsApp Business Account.");
  return { number, account, token };
}

/** What is still to do at the vendor; in words where it did not succeed, because the number is connected all the same. */
async function finishSetup(
  access: GraphAccess,
  { phoneNumberId, coexistence, pin }: AccountToConnect,
  isRegistered: boolean,
): Promise<string | undefined> {
  try {
    if (coexistence) await askForPhoneApp(access, phoneNumberId);
    else if (!isRegistered && pin !== undefined) await register(access, phoneNumberId, pin);
    else if (!isRegistered)
      return "The number is not registered with the Cloud API yet: connect it with a six-digit PIN.";
    return undefined;
  } catch (error) {
    if (error instanceof GraphCallFailed) return error.message;
    throw error;
  }
}

async function register(access: GraphAccess, phoneNumberId: string, pin: string): Promise<void> {
  const body = { messaging_product: "whatsapp", pin };
  await askGraph(access, { method: "POST", path: `/${phoneNumberId}/register`, body });
}

/** Asked for twice: done already. */
const alreadySynced = 2593107;

/** Contacts and history of the phone app: once each, within 24 hours. */
async function askForPhoneApp(access: GraphAccess, phoneNumberId: string): Promise<void> {
  for (const sync_type of ["smb_app_state_sync", "history"]) {
    const body = { messaging_product: "whatsapp", sync_type };
    await askGraph(access, { method: "POST", path: `/${phoneNumberId}/smb_app_data`, body }).catch((error: unknown) => {
      if (!(error instanceof GraphCallFailed) || error.error?.code !== alreadySynced) throw error;
    });
  }
}
