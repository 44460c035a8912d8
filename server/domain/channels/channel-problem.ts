import { type Json, jsonObjectOf, objectOf, textOf } from "../../../shared/json.ts";

export const channelProblems = [
  "token_expired",
  "payment_missing",
  "restricted",
  "blocked",
  "quality_red",
  "silence",
  "setup",
  "disconnected",
  "mail_refused",
  "mail_unread",
] as const;

/** What may be wrong with a number. Each lasts from the first sign of it until something proves that it is over. */
export type ChannelProblem = (typeof channelProblems)[number];

export type OpenProblem = { problem: ChannelProblem; details: string; since: string; until: string | null };

/** Nothing can leave a number with one of these; only connecting it anew, or a check that succeeds, ends it. */
export const stopping: ReadonlySet<ChannelProblem> = new Set(["token_expired", "disconnected"]);

/** The problems that stand in a number's health. */
export function openProblems(health: Json): OpenProblem[] {
  const problems = jsonObjectOf(jsonObjectOf(health)?.problems) ?? {};
  return channelProblems.flatMap((problem) => {
    const entry = objectOf(problems[problem]);
    const since = textOf(entry?.since);
    if (since === undefined) return [];
    return [{ problem, details: textOf(entry?.details) ?? "", since, until: textOf(entry?.until) ?? null }];
  });
}

export function titleOfProblem(problem: ChannelProblem, provider = "whatsapp_cloud"): string {
  const ofMail = provider === "email" ? titleOfMailProblem(problem) : undefined;
  if (ofMail !== undefined) return ofMail;
  switch (problem) {
    case "token_expired":
      return "The access token is not accepted any more: connect the number again";
    case "payment_missing":
      return "WhatsApp has no valid payment method for this account";
    case "restricted":
      return "WhatsApp has restricted this account";
    case "blocked":
      return "WhatsApp has shut this account";
    case "quality_red":
      return "The number's quality has become low";
    case "silence":
      return "No webhooks have come for hours";
    case "setup":
      return "The number's set-up is not complete";
    case "disconnected":
      return "The number is not connected any more";
    case "mail_refused":
      return "Mail servers refuse this account's mails";
    case "mail_unread":
      return "The mailbox cannot be read";
  }
}

/** What a mailbox calls otherwise. */
function titleOfMailProblem(problem: ChannelProblem): string | undefined {
  switch (problem) {
    case "token_expired":
      return "The mail server does not accept the sign-in any more: enter the password again";
    case "disconnected":
      return "The mailbox is not connected any more";
    case "setup":
      return "The mail server does not let the account send";
    default:
      return undefined;
  }
}
