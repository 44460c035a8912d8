import { requireMember } from "../accounts/require-member.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { mentionedMembers } from "./mentioned-members.ts";
import type { Note } from "./note.ts";

const mostMentions = 50;

/** Who is named in a note: in its text, and besides as the writer says. */
export async function mentionsOf(tx: TxCtx, body: string, named: readonly number[] = []): Promise<number[]> {
  if (named.length > mostMentions) throw invalid("mentions", `A note mentions at most ${mostMentions} members.`);
  for (const userId of new Set(named)) await requireMember(tx, "mentions", userId);
  return merged(await mentionedMembers(tx, body), named);
}

/** Who is named after an edit. Those whom the writer named besides the text stay where the edit does not say. */
export async function editedMentions(
  tx: TxCtx,
  note: Note,
  edit: { body: string; mentions?: readonly number[] | undefined },
): Promise<number[]> {
  if (edit.mentions !== undefined) return mentionsOf(tx, edit.body, edit.mentions);
  if (edit.body === note.body) return note.mentions;
  const inOldText = new Set(note.mentions.length === 0 ? [] : await mentionedMembers(tx, note.body));
  const besides = note.mentions.filter((userId) => !inOldText.has(userId));
  return merged(await mentionedMembers(tx, edit.body), besides);
}

function merged(found: readonly number[], named: readonly number[]): number[] {
  return [...new Set([...found, ...named])].toSorted((a, b) => a - b);
}
