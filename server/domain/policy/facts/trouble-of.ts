import type { Json } from "../../../../shared/json.ts";
import { type OpenProblem, openProblems } from "../../channels/channel-problem.ts";
import type { ChannelFacts } from "../send-facts.ts";

type Trouble = Pick<
  ChannelFacts,
  "disconnected" | "signInRefused" | "pausedByHand" | "blocked" | "restricted" | "paymentMissing" | "lowQuality"
>;

/** What the number's row and its open problems mean for sending. */
export function troubleOf(row: { status: string; quality: string | null; health: Json }): Trouble {
  const problems = new Map(openProblems(row.health).map((open) => [open.problem, open]));
  const restriction = problems.get("restricted");
  return {
    disconnected: row.status !== "connected" || problems.has("disconnected") || problems.has("token_expired"),
    signInRefused: problems.has("token_expired"),
    pausedByHand: row.status === "paused",
    blocked: problems.has("blocked"),
    restricted: restriction && concernsMessages(restriction) ? { until: dateOf(restriction.until) } : null,
    paymentMissing: problems.has("payment_missing"),
    lowQuality: problems.has("quality_red") || row.quality?.toUpperCase() === "RED",
  };
}

// WhatsApp restricts calls and the adding of numbers too; its words for that stand in the details.
function concernsMessages({ details }: OpenProblem): boolean {
  const kinds = details.match(/RESTRICTED_[A-Z_]+/g) ?? [];
  return kinds.length === 0 || kinds.some((kind) => kind.endsWith("_MESSAGING"));
}

function dateOf(at: string | null): Date | null {
  return at === null ? null : new Date(at);
}
