import { channelCredentials } from "../../domain/channels/channel-credentials.ts";
import { disconnectNumber } from "../../domain/channels/disconnect-number.ts";
import { listChannelAccounts } from "../../domain/channels/list-channel-accounts.ts";
import type { Ctx } from "../../domain/context.ts";
import { DomainError } from "../../domain/domain-error.ts";
import { accessTokenOf } from "./access-token.ts";
import { GraphCallFailed } from "./ask-graph.ts";
import type { ConnectDeps } from "./connect-account.ts";
import { unsubscribeApp } from "./webhook-subscription.ts";

/** Disconnects a number, and unsubscribes from its account where no other number of ours is left on it. */
export async function disconnectAccount(ctx: Ctx, deps: ConnectDeps, id: number): Promise<void> {
  const account = await channelCredentials(ctx, id);
  if (account.provider !== "whatsapp_cloud")
    throw new DomainError({ kind: "conflict", message: "Only numbers of the Cloud API are disconnected." });
  const { wabaId } = account;
  const isLast = !(await listChannelAccounts(ctx)).some(
    (other) => other.id !== id && other.wabaId === wabaId && other.hasToken,
  );
  const token = accessTokenOf(account, deps.encryptionKey);
  if (isLast && wabaId !== null && token.ok) {
    // A dead token or a vendor that is down must not keep somebody from disconnecting.
    await unsubscribeApp({ transport: deps.transport, accessToken: token.accessToken }, wabaId).catch(
      (error: unknown) => {
        if (!(error instanceof GraphCallFailed)) throw error;
      },
    );
  }
  await ctx.transact((tx) => disconnectNumber(tx, id));
}
