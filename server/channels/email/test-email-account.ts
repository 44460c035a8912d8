import { clearChannelProblem } from "../../domain/channels/mark-channel-problem.ts";
import type { Ctx } from "../../domain/context.ts";
import { notFound } from "../../domain/domain-error.ts";
import { storedAccountById } from "../../domain/email/email-account.ts";
import { resumeNumber } from "../../domain/sends/pause-number.ts";
import type { SocketPolicy } from "./connect-socket.ts";
import { serverOf } from "./email-sender.ts";
import { refused } from "./smtp-outcome.ts";
import { openSession, SessionRefused, type SmtpTimes } from "./smtp-session.ts";

export type TestDeps = { encryptionKey: string; policy: SocketPolicy; times?: SmtpTimes };

export type ConnectionTest = { ok: boolean; message: string };

/**
 * Really talks to the account's mail server: connects, encrypts, signs in, leaves. Where that succeeds the account's trouble is over, and
 * what waits goes out.
 */
export async function testEmailAccount(ctx: Ctx, id: number, deps: TestDeps): Promise<ConnectionTest> {
  const account = await ctx.db.first(storedAccountById({ companyId: ctx.companyId, id }));
  if (!account) throw notFound("email account", id);
  const server = serverOf(account, deps.encryptionKey);
  if ("kind" in server) return { ok: false, message: server.kind === "refused" ? server.error.details : "" };
  try {
    const session = await openSession(server, deps.policy, deps.times);
    session.quit();
  } catch (error) {
    return { ok: false, message: wordsOf(error, `${server.host}:${server.port}`) };
  }
  await ctx.transact(async (tx) => {
    for (const problem of ["token_expired", "setup"] as const)
      await clearChannelProblem(tx, { channelAccountId: id, problem });
    await resumeNumber(tx, id);
  });
  const signedIn = server.user === null ? "without signing in" : `as ${server.user}`;
  return { ok: true, message: `${server.host}:${server.port} takes mail from this account, ${signedIn}.` };
}

function wordsOf(error: unknown, place: string): string {
  if (error instanceof SessionRefused) {
    const outcome = refused(error.refusal);
    if (outcome.kind === "refused") return outcome.error.details;
  }
  return `${place} cannot be reached: ${error instanceof Error ? error.message : String(error)}.`;
}
