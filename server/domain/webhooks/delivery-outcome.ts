import type { DeliveryAttempt } from "./webhook-delivery.ts";

/** What came back from an endpoint, whatever carried it there. */
export type EndpointAnswer =
  | { kind: "answered"; status: number; retryAfterMs: number | undefined; body: string }
  | { kind: "unanswered"; why: string };

export type Attempted = { at: Date; durationMs: number; answer: EndpointAnswer };

export type Verdict =
  | { kind: "delivered" }
  /** `restMs`: the endpoint asked to be left alone. */
  | { kind: "failed"; retryAfterMs: number | undefined; restMs: number | undefined }
  | { kind: "gone" };

const shortRestMs = 30_000;
const longestRestMs = 15 * 60_000;

/** What an answer means: 2xx is success, a redirect is not, 410 ends it, 429, 502 and 504 ask for a rest. */
export function judge(answer: EndpointAnswer): Verdict {
  if (answer.kind === "unanswered") return { kind: "failed", retryAfterMs: undefined, restMs: undefined };
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status === 410) return { kind: "gone" };
  const overloaded = status === 429 || status === 502 || status === 504;
  const restMs = overloaded ? Math.min(retryAfterMs ?? shortRestMs, longestRestMs) : undefined;
  return { kind: "failed", retryAfterMs, restMs };
}

/** The attempt as the delivery log shows it. */
export function attemptEntry({ at, durationMs, answer }: Attempted): DeliveryAttempt {
  const failed = judge(answer).kind !== "delivered";
  return {
    at: at.toISOString(),
    duration_ms: Math.round(durationMs),
    status: answer.kind === "answered" ? answer.status : null,
    error: failed ? reasonOf(answer) : null,
    body: answer.kind === "answered" && answer.body !== "" ? answer.body : null,
  };
}

function reasonOf(answer: EndpointAnswer): string {
  if (answer.kind === "unanswered") return answer.why.slice(0, 500);
  if (answer.status >= 300 && answer.status < 400) return `Answered ${answer.status}; redirects are not followed.`;
  return `Answered ${answer.status}.`;
}
