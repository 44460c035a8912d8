import { useSyncExternalStore } from "react";
import { numberOf, objectOf, textOf } from "../../../shared/json.ts";
import { randomKey } from "../../lib/random-key.ts";
import { readStored, writeStored } from "../../lib/stored.ts";

/** A call under way, or over and not written down yet. `key`: writing it down twice by accident writes it once. */
export type RunningCall = { leadId: number; key: string; startedAt: number; endedAt: number | undefined };

const storageKey = "rapport.call";

const listeners = new Set<() => void>();
let running: RunningCall | undefined = restored();

/** The tab's one call; it outlasts a reload and other pages. */
export function useRunningCall(): RunningCall | undefined {
  return useSyncExternalStore(subscribe, () => running);
}

export function startCall(leadId: number): void {
  replaceCall({ leadId, key: randomKey(), startedAt: Date.now(), endedAt: undefined });
}

export function endCall(call: RunningCall): void {
  replaceCall({ ...call, endedAt: Date.now() });
}

export function forgetCall(): void {
  replaceCall(undefined);
}

function replaceCall(next: RunningCall | undefined): void {
  running = next;
  writeStored(storageKey, next === undefined ? "" : JSON.stringify(next), "tab");
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function restored(): RunningCall | undefined {
  try {
    const stored = objectOf(JSON.parse(readStored(storageKey, "tab") || "null"));
    const [leadId, startedAt] = [numberOf(stored?.leadId), numberOf(stored?.startedAt)];
    const key = textOf(stored?.key);
    if (leadId === undefined || startedAt === undefined || key === undefined) return undefined;
    return { leadId, key, startedAt, endedAt: numberOf(stored?.endedAt) };
  } catch {
    return undefined;
  }
}
