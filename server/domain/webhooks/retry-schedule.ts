const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Standard Webhooks' pauses before each attempt: ten in a little over three days. */
const pausesMs = [
  0,
  5_000,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** Up to a tenth later than planned, so that what failed together does not come back together. */
const jitter = 0.1;

/**
 * How long to wait after so many failed tries; nothing when it was the last one. A receiver that names a pause gets at least that.
 * @param random from 0 to 1
 */
export function pauseAfter(tries: number, retryAfterMs: number | undefined, random: number): number | undefined {
  const pause = pausesMs[tries];
  if (pause === undefined) return undefined;
  const longest = 24 * hourMs;
  return Math.max(Math.round(pause * (1 + jitter * random)), Math.min(retryAfterMs ?? 0, longest));
}

/** A Retry-After header in milliseconds: seconds or a date. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
