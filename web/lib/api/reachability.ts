type Listener = () => void;

const listeners = new Set<Listener>();
let reachable = true;

/** Told by every request how it went; the banner and nothing else listens. */
export function noteReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  for (const listener of listeners) listener();
}

export function isReachable(): boolean {
  return reachable;
}

export function onReachabilityChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
