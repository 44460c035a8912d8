import { isDeepStrictEqual } from "node:util";
import type { JsonObject } from "../../../shared/json.ts";
import type { TxCtx } from "../context.ts";
import type { ConversationState } from "../conversations/change-conversation.ts";
import { lockConversations, writeConversations } from "../conversations/change-conversations.ts";
import type { ChangeRow } from "./change-set.ts";
import { textOrNull } from "./snapshot-values.ts";

/** Gives conversations back what a bulk change took, where it still stands so; of the others, why not. */
export async function undoConversations(tx: TxCtx, rows: ChangeRow[]): Promise<Map<number, string>> {
  const kept = new Map<number, string>();
  const found = await lockConversations(
    tx,
    rows.map(({ id }) => id),
  );
  const changes = rows.flatMap(({ id, before, after }) => {
    const held = found.get(id);
    const now = new Map<string, unknown>(Object.entries(held ?? {}));
    const stands = Object.entries(after ?? {}).every(([field, value]) =>
      isDeepStrictEqual(sameTime(now.get(field)), sameTime(value)),
    );
    if (!held) kept.set(id, "Deleted since.");
    else if (!stands) kept.set(id, "Changed since.");
    else return [{ held, next: stateOf(before ?? {}) }];
    return [];
  });
  await writeConversations(tx, "conversation.change_undone", changes);
  return kept;
}

// The journal has the time as it was written, the row as the database spells it.
function sameTime(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\.000Z$/, "Z") : value;
}

function stateOf(before: JsonObject): Partial<ConversationState> {
  const status = (["open", "snoozed", "closed"] as const).find((known) => known === before.status);
  const { assigneeUserId } = before;
  return {
    ...(status === undefined ? {} : { status }),
    ...("assigneeUserId" in before
      ? { assigneeUserId: typeof assigneeUserId === "number" ? assigneeUserId : null }
      : {}),
    ...("snoozedUntil" in before ? { snoozedUntil: textOrNull(before.snoozedUntil) } : {}),
    ...("closedAt" in before ? { closedAt: textOrNull(before.closedAt) } : {}),
  };
}
