import type { Webhook, WebhookDelivery, WebhookResumed } from "../../../shared/v1/webhook.ts";
import type { Tone } from "../../ui/tone.ts";

/** How an endpoint stands, in a word and a tone. */
export function webhookState({ status, failing_since }: Webhook): { word: string; tone: Tone } {
  if (status === "disabled") return { word: "switched off", tone: "bad" };
  if (status === "paused") return { word: "paused", tone: "warn" };
  return failing_since ? { word: "failing", tone: "warn" } : { word: "on", tone: "good" };
}

/** Why an endpoint was switched off, and what brings it back. */
export function disabledWords({ disabled_reason }: Webhook): string {
  if (disabled_reason === "gone")
    return "It answered that it is gone (410). Resume it when it is there again; what was missed can be sent then.";
  return "Nothing reached it for five days. Resume it when it answers again; what was missed can be sent then.";
}

/** What an endpoint was not told while it was switched off. */
export function missedWords({ count, has_more }: NonNullable<WebhookResumed["missed"]>): string {
  if (has_more)
    return `More than ${count.toLocaleString()} events were missed; the newest ${count.toLocaleString()} can be sent.`;
  return count === 1 ? "One event was missed meanwhile." : `${count.toLocaleString()} events were missed meanwhile.`;
}

export function eventsWords({ event_types: types }: Pick<Webhook, "event_types">): string {
  if (types.includes("*")) return "everything";
  return types.length === 1 ? "one kind of event" : `${types.length} kinds of event`;
}

export function deliveryState({ state, attempts, response_status }: WebhookDelivery): { word: string; tone: Tone } {
  switch (state) {
    case "delivered":
      return { word: `delivered${response_status === null ? "" : ` (${response_status})`}`, tone: "good" };
    case "failed":
      return { word: `failed${response_status === null ? "" : ` (${response_status})`}`, tone: "bad" };
    case "queued":
      return attempts === 0 ? { word: "waiting", tone: "quiet" } : { word: "tried, will try again", tone: "warn" };
  }
}
