import type { Stage } from "../../../shared/stages.ts";
import type { Email } from "../../../shared/v1/email.ts";
import type { Tone } from "../../ui/tone.ts";

export const stageTones: Record<Stage, Tone> = {
  new: "quiet",
  contacted: "quiet",
  nurture: "quiet",
  qualified: "good",
  sales_qualified: "good",
  opportunity: "warn",
  customer: "good",
  lost: "bad",
  junk: "bad",
};

/** What became of a mail, in one word and its tone. */
export function mailFate({ direction, status, opens }: Email): { word: string; tone: Tone } {
  if (direction === "in") return { word: "received", tone: "good" };
  if (opens > 0) return { word: `opened ${opens === 1 ? "once" : `${opens} times`}`, tone: "good" };
  if (status === "failed" || status === "cancelled") return { word: status, tone: "bad" };
  if (status === "queued" || status === "unknown") return { word: status, tone: "warn" };
  return { word: status ?? "sent", tone: "quiet" };
}
