import type { Ctx } from "../../../domain/context.ts";
import { mentionsNotTold } from "../../../domain/notes/mentions-not-told.ts";

/** Beside a note that was just written: whom of those it names nobody tells. */
export async function presentMentionsNotTold(ctx: Ctx, noteId: number | null) {
  const notTold = await mentionsNotTold(ctx, noteId);
  return { mentions_not_told: notTold.map(({ userId, name }) => ({ user_id: userId, name })) };
}
