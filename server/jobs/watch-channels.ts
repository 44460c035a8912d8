import type { Channels } from "../channels/registry.ts";
import { GraphCallFailed } from "../channels/whatsapp-cloud/ask-graph.ts";
import { syncAccount, watchAccount } from "../channels/whatsapp-cloud/check-account.ts";
import { syncTemplates } from "../channels/whatsapp-cloud/manage-templates.ts";
import type { MetaApp } from "../channels/whatsapp-cloud/read-number.ts";
import { accessTo } from "../channels/whatsapp-cloud/template-account.ts";
import type { Db } from "../db/connection.ts";
import { type ChannelCredentials, connectedNumbers } from "../domain/channels/channel-credentials.ts";
import { endedRestrictions } from "../domain/channels/end-restrictions.ts";
import { clearChannelProblem } from "../domain/channels/mark-channel-problem.ts";
import { watchSilence } from "../domain/channels/watch-silence.ts";
import { type Ctx, createCtx } from "../domain/context.ts";

export type WatchOptions = {
  transportOf: Channels["transportOf"];
  encryptionKey: string;
  app: MetaApp | undefined;
  onError: (what: string, error: unknown) => void;
  now?: () => Date;
};

const page = 50;
/** Numbers asked about at the same time. */
const atOnce = 5;

/** What WhatsApp knows of each number, read anew. */
export async function syncChannels(db: Db, options: WatchOptions): Promise<void> {
  await forEachNumber(db, options, "Reading a number's state", async (ctx, deps, account) => {
    // The simulated number's limits would only be in the way of who tries the product.
    if (account.provider !== "simulator") await syncAccount(ctx, deps, account);
    await syncTemplatesOf(ctx, options, account);
  });
}

/** Looks after tokens, subscriptions, silence, and restrictions that have come to their end. */
export async function watchChannels(db: Db, options: WatchOptions): Promise<void> {
  const now = options.now ?? (() => new Date());
  await forEachNumber(db, options, "Watching a number", async (ctx, deps, account) => {
    await watchAccount(ctx, deps, account);
    if (account.provider !== "simulator") await watchSilence(ctx, account.id);
  });
  for (const { companyId, id } of await endedRestrictions(db, now())) {
    const ctx = createCtx({ db, companyId, actor: { kind: "system" }, now });
    await ctx.transact((tx) => clearChannelProblem(tx, { channelAccountId: id, problem: "restricted" }));
  }
}

/** A vendor that is down, or a dead token, was noted by the sync before. */
async function syncTemplatesOf(ctx: Ctx, options: WatchOptions, account: ChannelCredentials): Promise<void> {
  if (account.wabaId === null || account.status !== "connected") return;
  await syncTemplates(ctx, accessTo(options, account)).catch((error: unknown) => {
    if (!(error instanceof GraphCallFailed)) throw error;
  });
}

type Look = typeof syncAccount;

async function forEachNumber(db: Db, options: WatchOptions, what: string, look: Look): Promise<void> {
  let afterId = 0;
  while (true) {
    const accounts = await connectedNumbers(db, afterId, page);
    for (let from = 0; from < accounts.length; from += atOnce)
      await Promise.all(
        accounts.slice(from, from + atOnce).map((account) =>
          // One number's trouble is not the next one's.
          lookAt(db, options, account, look).catch((error: unknown) => options.onError(what, error)),
        ),
      );
    if (accounts.length < page) return;
    afterId = accounts.at(-1)?.id ?? afterId;
  }
}

async function lookAt(db: Db, options: WatchOptions, account: ChannelCredentials, look: Look): Promise<void> {
  const transport = options.transportOf(account.provider);
  if (!transport) return;
  const { encryptionKey, app } = options;
  await look(contextOf(db, options, account), { transport, encryptionKey, app }, account);
}

function contextOf(db: Db, { now }: WatchOptions, { companyId }: ChannelCredentials): Ctx {
  return createCtx({ db, companyId, actor: { kind: "system" }, ...(now ? { now } : {}) });
}
