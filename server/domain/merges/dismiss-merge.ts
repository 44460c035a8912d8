import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { getMerge } from "./list-merges.ts";
import { conflict } from "./lock-people.ts";
import type { Merge } from "./merge.ts";
import { lockMerge, writeDecision } from "./merge-rows.ts";

/** They are two people: the same pair is not proposed again by itself. */
export async function dismissMerge(ctx: Ctx, id: number): Promise<Merge> {
  return ctx.transact(async (tx) => {
    const { status, keptId, mergedId } = await lockMerge(tx, id);
    if (status === "dismissed") return getMerge(tx, id);
    if (status !== "proposed") throw conflict(`This merge is ${status} already.`);
    await writeDecision(tx, { id, status: "dismissed", keptId, mergedId, undo: null });
    const data = { kept_contact_id: keptId, merged_contact_id: mergedId };
    await recordEvent(tx, {
      type: "contact_merge.dismissed",
      subject: { kind: "contact_merge", id },
      contactId: keptId,
      data,
    });
    return getMerge(tx, id);
  });
}
