type Listener = () => void;

const listeners = new Set<Listener>();
let live = false;

/** Whether changes are told as they happen; while they are, polling only has to catch what may have been missed. */
export function isLive(): boolean {
  return live;
}

export function noteLive(now: boolean): void {
  if (now === live) return;
  live = now;
  for (const listener of listeners) listener();
}

export function onLiveChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const calmPollMs = 30_000;

/** How long a query waits before it asks again by itself. */
export function pollMs(withoutLiveMs: number): () => number {
  return () => (live ? Math.max(calmPollMs, withoutLiveMs) : withoutLiveMs);
}
