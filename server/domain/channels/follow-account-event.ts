import { listOf, objectOf, textOf } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import type { AccountEvent } from "./apply-account-events.ts";
import type { ChannelProblem } from "./channel-problem.ts";
import { takeLatest } from "./latest-word.ts";
import { clearChannelProblem, markChannelProblem } from "./mark-channel-problem.ts";

type Mark = { mark: ChannelProblem; details: string; until?: Date };
type Verdict = Mark | { clear: ChannelProblem[] };

/** What a vendor's word on an account means for these numbers of it: a problem begins, or is over. A later word on it stands. */
export async function followAccountEvent(tx: TxCtx, event: AccountEvent, channelAccountIds: number[]): Promise<void> {
  const verdict = verdictOf(event);
  if (!verdict) return;
  for (const channelAccountId of channelAccountIds) {
    const things = "mark" in verdict ? [verdict.mark] : verdict.clear;
    const latest = await takeLatest(tx, { channelAccountId, things, at: event.at });
    for (const problem of things.filter((thing) => latest.has(thing))) {
      if ("mark" in verdict) await markChannelProblem(tx, { channelAccountId, problem, ...detailsOf(verdict) });
      else await clearChannelProblem(tx, { channelAccountId, problem });
    }
  }
}

function detailsOf({ details, until }: Mark): Pick<Mark, "details" | "until"> {
  return until ? { details, until } : { details };
}

function verdictOf({ field, event, details }: AccountEvent): Verdict | undefined {
  const fields = objectOf(details) ?? {};
  switch (field) {
    case "account_update":
      return accountVerdict(event ?? "", fields);
    case "phone_number_quality_update":
      if (event === "FLAGGED") return { mark: "quality_red", details: "WhatsApp has flagged the number's quality." };
      return event === "UNFLAGGED" ? { clear: ["quality_red"] } : undefined;
    case "account_review_update":
      if (event === "REJECTED") return { mark: "setup", details: "WhatsApp's review has rejected the account." };
      return event === "APPROVED" ? { clear: ["setup"] } : undefined;
    case "phone_number_name_update":
      if (event !== "REJECTED") return event === "APPROVED" ? { clear: ["setup"] } : undefined;
      return {
        mark: "setup",
        details: `WhatsApp has rejected the display name. ${textOf(fields.rejection_reason) ?? ""}`.trim(),
      };
    default:
      return undefined;
  }
}

function accountVerdict(event: string, fields: Record<string, unknown>): Verdict | undefined {
  switch (event) {
    case "ACCOUNT_RESTRICTION":
      return restriction(fields);
    case "ACCOUNT_VIOLATION": {
      const violation = textOf(objectOf(fields.violation_info)?.violation_type) ?? "its policies";
      return { mark: "setup", details: `WhatsApp warns of a violation: ${violation}.` };
    }
    case "DISABLED_UPDATE":
      return ban(objectOf(fields.ban_info) ?? {});
    case "ACCOUNT_DELETED":
      return { mark: "disconnected", details: "The WhatsApp account was deleted." };
    case "PARTNER_REMOVED":
    case "PARTNER_APP_UNINSTALLED":
    case "ACCOUNT_OFFBOARDED":
      return { mark: "disconnected", details: "The business has disconnected our app at WhatsApp." };
    case "ACCOUNT_RECONNECTED":
      return { clear: ["disconnected"] };
    default:
      return undefined;
  }
}

function restriction(fields: Record<string, unknown>): Verdict {
  const entries = listOf(fields.restriction_info).map((item) => objectOf(item) ?? {});
  const kinds = entries.flatMap((entry) => textOf(entry.restriction_type) ?? []);
  const ends = entries.map((entry) => timeOf(entry.expiration)).filter((time) => time !== undefined);
  const until = ends.length === 0 ? undefined : new Date(Math.max(...ends));
  const details = kinds.length === 0 ? "WhatsApp has not said what." : `Restricted: ${kinds.join(", ")}.`;
  return { mark: "restricted", details, ...(until ? { until } : {}) };
}

function ban(info: Record<string, unknown>): Verdict | undefined {
  const on = textOf(info.waba_ban_date);
  switch (info.waba_ban_state) {
    case "DISABLE":
      return { mark: "blocked", details: `WhatsApp has disabled the account${on ? ` on ${on}` : ""}.` };
    case "SCHEDULE_FOR_DISABLE":
      return { mark: "setup", details: `WhatsApp is going to disable the account${on ? ` on ${on}` : ""}.` };
    case "REINSTATE":
      return { clear: ["blocked", "restricted", "setup"] };
    default:
      return undefined;
  }
}

/** Unix seconds, or a date in words. */
function timeOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
