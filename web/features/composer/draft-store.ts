import { useSyncExternalStore } from "react";
import { randomKey } from "../../lib/random-key.ts";
import { readStored, writeStored } from "../../lib/stored.ts";

/** What somebody began to write; `key` stays while the text does, over a reload too, so that sending it twice by accident sends it once. */
export type DraftText = { text: string; key: string };

const storageKey = "rapport.drafts";
const mostKept = 50;
const empty: DraftText = { text: "", key: "" };

const listeners = new Set<() => void>();
let drafts = new Map<number, DraftText>(restored());

/** Drafts live outside of React and outlast a reload: a lost connection or another conversation loses nothing. */
export function useDraft(conversationId: number): DraftText {
  return useSyncExternalStore(subscribe, () => drafts.get(conversationId) ?? empty);
}

export function writeDraft(conversationId: number, text: string): void {
  const others = [...drafts].filter(([id]) => id !== conversationId);
  const own: [number, DraftText][] = text === "" ? [] : [[conversationId, { text, key: randomKey() }]];
  replaceDrafts(new Map([...others, ...own].slice(-mostKept)));
}

/** Puts back what could not be sent, unless something else was begun meanwhile. */
export function restoreDraft(conversationId: number, draft: DraftText): void {
  if (!drafts.has(conversationId)) replaceDrafts(new Map([...drafts, [conversationId, draft]]));
}

function replaceDrafts(next: Map<number, DraftText>): void {
  drafts = next;
  writeStored(storageKey, JSON.stringify([...drafts].map(([id, { text, key }]) => [id, text, key])));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function restored(): [number, DraftText][] {
  try {
    const stored: unknown = JSON.parse(readStored(storageKey) ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.flatMap(([id, text, key]): [number, DraftText][] =>
      typeof id === "number" && typeof text === "string"
        ? [[id, { text, key: typeof key === "string" ? key : randomKey() }]]
        : [],
    );
  } catch {
    return [];
  }
}
