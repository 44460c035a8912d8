let live = false;

/** Whether changes are told as they happen; while they are, polling only has to catch what may have been missed. */
export function noteLive(now: boolean): void {
  live = now;
}

const calmPollMs = 30_000;

/** How long a query waits before it asks again by itself. */
export function pollMs(withoutLiveMs: number): () => number {
  return () => (live ? Math.max(calmPollMs, withoutLiveMs) : withoutLiveMs);
}
