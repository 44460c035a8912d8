import type { JsonObject } from "../../../../shared/json.ts";
import type { ChannelProblem } from "../../channels/channel-problem.ts";
import type { VendorError } from "../channel-sender.ts";
import { failureWords } from "./failure-words.ts";
import type { RefusalKind, Refusals, SendEnd } from "./send-end.ts";

export type RefusalFacts = {
  /** Of this message, before this one. */
  refusals: Refusals;
  retryAfterSeconds?: number;
  now: Date;
  /** 0 to 1. */
  random: number;
  /** Who was called, in words: WhatsApp where not said. */
  vendor?: string;
};

/** What follows from a vendor's refusal for the message, and beyond it for the number, the channel or the person. */
export type RefusalPlan = {
  end: SendEnd;
  pause?: { until: Date; reason: string };
  channelProblem?: ChannelProblem;
  optOut?: "marketing" | "all";
};

const minute = 60;
const hour = 60 * minute;

/** Waiting is no failure: whatever passes by itself comes back later, bounded by hours; the rest says in words why it ended. */
export function planRefusal(error: VendorError, facts: RefusalFacts): RefusalPlan {
  const { retryAfterSeconds = 0 } = facts;
  const times = timesOf(error.class, facts);
  const later = (seconds: number, most: number, extra: Partial<Later> = {}): RefusalPlan =>
    times >= most ? { end: failed(error, facts) } : { end: wait(error, facts, { seconds, ...extra }) };
  switch (error.class) {
    case "retry_backoff":
      return {
        ...later(backoff(times, facts), backoffTries),
        pause: pauseFor(error, facts, Math.max(1, retryAfterSeconds)),
      };
    case "retry_few":
      return later(5 * 6 ** (times - 1), 3);
    case "retry_pair":
      return later(Math.min(4 ** (times - 1), hour), 12);
    case "wait_10min":
      return later(10 * minute, 36, { inOrder: false });
    case "wait_1h":
      return later(hour, 24, { inOrder: false });
    case "wait_24h":
      return later(24 * hour, 3, { inOrder: false });
    case "template_paused":
      return later(3 * hour, 4, { inOrder: false });
    case "pause_number":
      return { end: wait(error, facts, { seconds: 1 }), pause: pauseFor(error, facts, hour) };
    case "account_auth":
      return stopped(error, facts, "token_expired");
    case "account_blocked":
      return stopped(error, facts, "blocked");
    case "account_setup":
      return stopped(error, facts, error.paymentMissing ? "payment_missing" : "setup");
    case "opted_out_marketing":
      return { end: failed(error, facts), optOut: "marketing" };
    case "opted_out":
      return { end: failed(error, facts), optOut: "all" };
    case "needs_template":
    case "other_channel":
    case "template_disabled":
    case "never":
      return { end: failed(error, facts) };
  }
}

/** Nothing reached the vendor: it goes again for a day, and the number rests so that the others do not try in vain. */
export function planNotSent(why: string, facts: RefusalFacts): RefusalPlan {
  const { vendor = "WhatsApp" } = facts;
  const title = `${vendor} could not be reached`;
  const error = { class: "retry_backoff", code: null, title, details: why } as const;
  const refusedAs = "not_sent";
  const times = timesOf(refusedAs, facts);
  if (times >= 110) return { end: { ...failed(error, facts), refusedAs, reason: `${title}, for a day: ${why}` } };
  const seconds = backoff(times, facts);
  const reason = `${vendor} cannot be reached just now; it goes again by itself.`;
  const until = new Date(facts.now.getTime() + Math.min(seconds, minute) * 1_000);
  return { end: { ...wait(error, facts, { seconds }), refusedAs, reason }, pause: { until, reason } };
}

// 2, 4, 8 … seconds up to a quarter of an hour: thirty-three tries are six hours.
const backoffTries = 33;

function backoff(times: number, { retryAfterSeconds = 0, random }: RefusalFacts): number {
  const seconds = Math.min(2 ** Math.min(times, 10), 15 * minute) * (0.75 + random / 2);
  return Math.max(seconds, retryAfterSeconds);
}

/** How often it has been refused so, this time included. */
export function timesOf(kind: RefusalKind, { refusals }: Pick<RefusalFacts, "refusals">): number {
  return (refusals[kind] ?? 0) + 1;
}

type Later = { seconds: number; inOrder: boolean };
type Waiting = Extract<SendEnd, { state: "queued" }>;

function wait(
  error: VendorError,
  facts: RefusalFacts,
  { seconds, inOrder = true }: Pick<Later, "seconds"> & Partial<Later>,
): Waiting {
  const at = new Date(facts.now.getTime() + seconds * 1_000);
  return {
    state: "queued",
    at,
    reason: failureWords(error, timesOf(error.class, facts)),
    inOrder,
    errorClass: error.class,
    error: errorJson(error),
    refusedAs: error.class,
  };
}

function stopped(error: VendorError, facts: RefusalFacts, channelProblem: ChannelProblem): RefusalPlan {
  return {
    end: wait(error, facts, { seconds: 1 }),
    pause: pauseFor(error, facts, minute),
    channelProblem,
  };
}

function pauseFor(error: VendorError, { now, retryAfterSeconds = 0 }: RefusalFacts, seconds: number) {
  const until = new Date(now.getTime() + Math.max(seconds, retryAfterSeconds) * 1_000);
  return { until, reason: failureWords(error) };
}

function failed(error: VendorError, facts: RefusalFacts): Extract<SendEnd, { state: "failed" }> {
  const reason = failureWords(error, timesOf(error.class, facts));
  return { state: "failed", reason, errorClass: error.class, error: errorJson(error), refusedAs: error.class };
}

export function errorJson({ class: errorClass, code, title, details }: VendorError): JsonObject {
  return { code, title, details, class: errorClass };
}
