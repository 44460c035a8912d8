import type { QueryClient } from "@tanstack/react-query";
import type { Event } from "../../../shared/v1/event.ts";

/** Which loaded queries an event makes old, by the beginning of their keys. */
export function staleKeys({ type, contact_id, subject }: Event): unknown[][] {
  const noun = type.split(".", 1)[0] ?? "";
  const person = contact_id === null ? [] : [["contacts", contact_id]];
  switch (noun) {
    case "message":
      return [["messages"], ["conversations"], ["send-options"], ...person];
    case "attachment":
      return [["messages"], ...person];
    case "conversation":
      return [["conversations"], ["send-options"], ...person];
    case "contact":
    case "consent":
      return [["conversations"], ["send-options"], ["contacts", subject.id], ...person];
    case "lead":
      return [["leads"], ["contacts"], ...person];
    case "customer_record":
    case "loyalty":
    case "appointment":
      return [["customers"], ["appointments"], ...person];
    case "task":
      return [["tasks"], ["notifications"], ...person];
    case "deal":
      return [["deals"], ["notifications"], ...person];
    case "template":
      return [["templates"], ["send-options"]];
    case "notification":
      return [["notifications"]];
    case "channel":
      return [["send-options"], ["notifications"], ["channel-accounts"], ["email-accounts"]];
    case "user":
    case "invitation":
      return [["users"], ["invitations"]];
    case "team":
      return [["teams"]];
    case "role":
      return [["role-reaches"]];
    case "form":
      return [["forms"], ...person];
    case "api_key":
      return [["api-keys"]];
    case "webhook":
      return [["webhooks"]];
    default:
      return person;
  }
}

const gatherMs = 150;
const gapMs = 1_000;

/**
 * Asks again for what events made old: the first at once, a storm of them once a second. Queries that nobody looks at wait until
 * somebody does.
 */
export function queryRefresher(client: QueryClient): { refresh: (event: Event) => void; refreshAll: () => void } {
  const waiting = new Map<string, unknown[]>();
  let lastAt = 0;
  const flush = () => {
    lastAt = Date.now();
    const keys = [...waiting.values()];
    waiting.clear();
    for (const queryKey of keys) void client.invalidateQueries({ queryKey });
  };
  return {
    refresh(event) {
      const keys = staleKeys(event);
      if (waiting.size === 0 && keys.length > 0) setTimeout(flush, Math.max(gatherMs, lastAt + gapMs - Date.now()));
      for (const key of keys) waiting.set(JSON.stringify(key), key);
    },
    refreshAll: () => void client.invalidateQueries(),
  };
}
