import type { VendorError } from "../channel-sender.ts";
import { failureWords } from "../outbox/failure-words.ts";
import { errorJson, planRefusal, type RefusalPlan, timesOf } from "../outbox/plan-refusal.ts";
import type { FoundSend } from "./find-sends.ts";
import type { SendStatus } from "./settle-by-statuses.ts";

export type StatusPlan<Status> = {
  /** What the outbox row comes to; null: nothing changes there. */
  plan: RefusalPlan | null;
  /** Statuses that the message shows; the others are about an attempt that is over. */
  shown: Status[];
  /** The vendor's id that is over now, because the message goes again. */
  spent: string | null;
};

/** Pure: what all statuses known of one message mean for it. Their order and their number do not matter. */
export function planByStatuses<Status extends SendStatus>(
  send: FoundSend,
  statuses: Status[],
  now: Date,
): StatusPlan<Status> {
  // An attempt that the vendor gave up speaks again only where it arrived after all.
  const live = statuses.filter(
    ({ providerId, status }) => !send.spentProviderIds.includes(providerId) || arrived(status),
  );
  const current = send.providerId ?? (live.find(({ status }) => arrived(status)) ?? live[0])?.providerId;
  const own = live.filter(({ providerId }) => providerId === current);
  if (current === undefined || own.length === 0) return { plan: null, shown: [], spent: null };
  const failed = own.find(({ status }) => status === "failed");
  const isThere = arrived(send.messageStatus) || own.some(({ status }) => arrived(status));
  if (!failed || isThere || send.messageStatus === "failed")
    return { plan: adopting(send, own, current), shown: own, spent: null };
  const plan = planFailure(send, failed.error ?? unnamed, current, now);
  if (plan.end.state === "queued") return { plan, shown: [], spent: current };
  return { plan, shown: own, spent: null };
}

/** The first word about a message whose answer was lost, or is not noted yet. */
function adopting(send: FoundSend, own: SendStatus[], providerId: string): RefusalPlan | null {
  if (send.providerId !== null) return null;
  const at = own.map((status) => status.at).toSorted((a, b) => a.getTime() - b.getTime())[0];
  return at ? { end: { state: "accepted", providerId, at, reason: null } } : null;
}

const mostGivenBack = 5;

function planFailure(send: FoundSend, error: VendorError, providerId: string, now: Date): RefusalPlan {
  const plan = planRefusal(error, { refusals: send.refusals, now, random: 0.5 });
  if (plan.end.state === "failed") return { ...plan, end: { ...plan.end, providerId } };
  if (!plan.channelProblem || plan.end.state !== "queued") return plan;
  const refusedAs = "given_back";
  if (timesOf(refusedAs, send) < mostGivenBack) return { ...plan, end: { ...plan.end, refusedAs } };
  // Again and again: somebody has to look at it.
  const why = { reason: failureWords(error), errorClass: error.class, error: errorJson(error) };
  return { ...plan, end: { state: "failed", ...why, providerId, refusedAs } };
}

function arrived(status: string): boolean {
  return status === "delivered" || status === "read" || status === "played";
}

const unnamed: VendorError = { class: "never", code: null, title: "Not delivered", details: "" };
