import type { ChannelCredentials } from "../../domain/channels/channel-credentials.ts";
import { holdsToken } from "../../domain/channels/holds-token.ts";
import { clearChannelProblem, markChannelProblem } from "../../domain/channels/mark-channel-problem.ts";
import { noteLifted } from "../../domain/channels/note-lifted.ts";
import { noteSubscribed, noteSync, noteSyncFailure, noteTokenExpiry } from "../../domain/channels/note-sync.ts";
import { warnOfExpiry } from "../../domain/channels/warn-of-expiry.ts";
import type { Ctx } from "../../domain/context.ts";
import { resumeNumber } from "../../domain/sends/pause-number.ts";
import { accessTokenOf } from "./access-token.ts";
import { type GraphAccess, GraphCallFailed } from "./ask-graph.ts";
import type { GraphTransport } from "./graph-transport.ts";
import { type MetaApp, readAccount, readNumber, readToken } from "./read-number.ts";
import { isSubscribed, subscribeApp } from "./webhook-subscription.ts";

export type CheckDeps = { transport: GraphTransport; encryptionKey: string; app: MetaApp | undefined };

/** Asks WhatsApp what it knows of the number and writes it down: name, quality, limits, the business it belongs to. */
export async function syncAccount(ctx: Ctx, deps: CheckDeps, account: ChannelCredentials): Promise<void> {
  await withAccess(ctx, deps, account, async (access) => {
    const number = await readNumber(access, account.externalId);
    const owner = account.wabaId === null ? undefined : await readAccount(access, account.wabaId);
    await ctx.transact(async (tx) => {
      await noteSync(tx, account.id, { ...number.facts, businessId: owner?.businessId ?? null });
      const { isConnected, canSend } = number;
      await noteLifted(tx, account.id, { isConnected, canSend, hasPayment: owner?.hasPayment ?? false });
    });
  });
}

/** Looks after token and subscription: an app that was unsubscribed subscribes again, a token about to end is told of in time. */
export async function watchAccount(ctx: Ctx, deps: CheckDeps, account: ChannelCredentials): Promise<void> {
  await withAccess(ctx, deps, account, async (access) => {
    if (deps.app) await watchToken(ctx, deps.app, access, account);
    if (account.wabaId === null) return;
    if (!(await isSubscribed(access, account.wabaId, deps.app?.id))) await subscribeApp(access, account.wabaId);
    await ctx.transact((tx) => noteSubscribed(tx, account.id));
  });
}

async function watchToken(ctx: Ctx, app: MetaApp, access: GraphAccess, account: ChannelCredentials): Promise<void> {
  const token = await readToken(access, app);
  if (!token.isValid) {
    const error = { class: "account_auth", code: null, title: "Token not valid", details: token.why } as const;
    throw new GraphCallFailed(token.why, error);
  }
  await ctx.transact(async (tx) => {
    await noteTokenExpiry(tx, account.id, token.expiresAt);
    await warnOfExpiry(tx, { channelAccountId: account.id, expiresAt: token.expiresAt });
  });
}

/** A refusal of the token is a finding; an answer proves that the token is good again. Everything else waits for the next round. */
async function withAccess(
  ctx: Ctx,
  deps: CheckDeps,
  account: ChannelCredentials,
  work: (access: GraphAccess) => Promise<void>,
): Promise<void> {
  const channelAccountId = account.id;
  const token = accessTokenOf(account, deps.encryptionKey);
  try {
    if (!token.ok) throw new GraphCallFailed(token.outcome.error.details, token.outcome.error);
    await work({ transport: deps.transport, accessToken: token.accessToken });
  } catch (error) {
    if (!(error instanceof GraphCallFailed)) throw error;
    const details = error.message;
    const isOfToken = error.error?.class === "account_auth";
    await ctx.transact(async (tx) => {
      if (isOfToken && !(await holdsToken(tx, account))) return;
      await noteSyncFailure(tx, channelAccountId, details);
      if (isOfToken) await markChannelProblem(tx, { channelAccountId, problem: "token_expired", details });
    });
    return;
  }
  if (account.status !== "token_expired") return;
  await ctx.transact(async (tx) => {
    await clearChannelProblem(tx, { channelAccountId, problem: "token_expired" });
    await resumeNumber(tx, channelAccountId);
  });
}
