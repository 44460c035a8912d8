import type { FastifyRequest } from "fastify";
import { whatsappAccount } from "../../domain/conversations/whatsapp-account.ts";
import { RequestFailure } from "./failure.ts";
import { ctxOf } from "./request-state.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answers while the account is still being connected, too. */
    beforeSync?: boolean;
  }
}

const believedMs = 5_000;
const mostKnown = 10_000;

/**
 * A preHandler hook of what whatsapp's document tells: everything but the dashboard, which tells how far it is, waits for the ids of WABA and business. That they are known is
 * believed for five seconds, like what is known of a caller; that they are not is asked each time.
 */
export function requireSynced(): (request: FastifyRequest) => Promise<void> {
  const believedUntil = new Map<number, number>();
  return async (request) => {
    if (!request.state || request.routeOptions.config.beforeSync) return;
    const ctx = ctxOf(request);
    const now = ctx.now().getTime();
    if ((believedUntil.get(ctx.companyId) ?? 0) > now) return;
    const { synced } = await whatsappAccount(ctx);
    if (!synced) throw new RequestFailure({ kind: "malformed", message: "WABA not fully synced" });
    if (believedUntil.size >= mostKnown) believedUntil.clear();
    believedUntil.set(ctx.companyId, now + believedMs);
  };
}
