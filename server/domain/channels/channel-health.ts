import { type ChannelProblem, type OpenProblem, titleOfProblem } from "./channel-problem.ts";
import type { ChannelAccount } from "./list-channel-accounts.ts";

export type HealthCheck = { check: string; state: "ok" | "attention" | "failed" | "unknown"; details: string };

const weekMs = 7 * 86_400_000;

/** What a working number needs, one by one, and how each stands. */
export function channelHealth(account: ChannelAccount, now: Date): HealthCheck[] {
  const problems = new Map(account.problems.map((open) => [open.problem, open]));
  const unless = (problem: ChannelProblem, fine: Omit<HealthCheck, "check">): Omit<HealthCheck, "check"> => {
    const open = problems.get(problem);
    return open ? { state: "failed", details: wordsOf(open, account) } : fine;
  };
  return [
    { check: "connection", ...unless("disconnected", connection(account)) },
    { check: "token", ...unless("token_expired", token(account, now)) },
    { check: "webhooks", ...unless("silence", webhooks(account)) },
    { check: "number_verified", ...known(account.verified, "The number is verified.", "The number is not verified.") },
    { check: "set_up", ...unless("setup", { state: "ok", details: "Nothing is known to be missing." }) },
    { check: "display_name", ...displayName(account) },
    { check: "quality", ...unless("quality_red", quality(account)) },
    { check: "messaging_limit", ...word(account.messagingLimit) },
    { check: "payment", ...unless("payment_missing", { state: "ok", details: "No payment problem is known." }) },
    { check: "account", ...unless("blocked", unless("restricted", { state: "ok", details: "Not restricted." })) },
    { check: "business", ...word(account.businessId) },
  ];
}

type State = Omit<HealthCheck, "check">;

// Nobody can give the simulated number a token; it stops only where it was asked to.
function wordsOf({ problem, details }: OpenProblem, { provider }: ChannelAccount): string {
  if (problem === "token_expired" && provider === "simulator")
    return "The phone simulator was asked to refuse the token. Let WhatsApp work again, there or by a sync.";
  return `${titleOfProblem(problem)}. ${details}`;
}

function connection({ status }: ChannelAccount): State {
  if (status === "connected") return { state: "ok", details: "Connected." };
  if (status === "token_expired") return { state: "failed", details: "Nothing leaves before the token is renewed." };
  return { state: "failed", details: `The number is ${status.replaceAll("_", " ")}.` };
}

function token({ provider, hasToken, tokenExpiresAt }: ChannelAccount, now: Date): State {
  if (provider === "simulator") return { state: "ok", details: "The phone simulator needs no token." };
  if (!hasToken) return { state: "failed", details: "There is no access token." };
  if (tokenExpiresAt === null) return { state: "ok", details: "The token has no known end." };
  const isNear = Date.parse(tokenExpiresAt) - now.getTime() < weekMs;
  return { state: isNear ? "attention" : "ok", details: `The token is good until ${tokenExpiresAt}.` };
}

function webhooks({ subscribedAt, lastWebhookAt }: ChannelAccount): State {
  if (subscribedAt === null)
    return { state: "unknown", details: "Nobody has asked WhatsApp about the subscription yet." };
  const last = lastWebhookAt === null ? "none has come yet" : `the last came at ${lastWebhookAt}`;
  return { state: "ok", details: `Subscribed (seen at ${subscribedAt}); ${last}.` };
}

function displayName({ verifiedName, nameStatus }: ChannelAccount): State {
  if (nameStatus === null) return word(verifiedName);
  const isFine = nameStatus === "APPROVED" || nameStatus === "AVAILABLE_WITHOUT_REVIEW";
  return { state: isFine ? "ok" : "attention", details: `${verifiedName ?? "The name"}: ${nameStatus}.` };
}

function quality({ quality: rating }: ChannelAccount): State {
  if (rating === null) return { state: "unknown", details: "WhatsApp has not rated the number." };
  return { state: rating === "green" ? "ok" : "attention", details: `WhatsApp rates the number ${rating}.` };
}

function word(value: string | null): State {
  return value === null ? { state: "unknown", details: "WhatsApp has not said." } : { state: "ok", details: value };
}

function known(is: boolean, yes: string, no: string): State {
  return is ? { state: "ok", details: yes } : { state: "attention", details: no };
}
