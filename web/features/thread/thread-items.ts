import type { Message } from "../../../shared/v1/conversation.ts";
import { excerptOf, reactionOf } from "./message-content.ts";

export type ThreadItem =
  | { kind: "day"; id: string; at: string }
  | {
      kind: "message";
      id: string;
      message: Message;
      reactions: string[];
      quoted: string | undefined;
      startsGroup: boolean;
    };

/** Messages, oldest first, as the thread shows them: days between, reactions on what they answer. */
export function threadItems(messages: readonly Message[]): ThreadItem[] {
  const byProviderId = new Map(
    messages.flatMap((message) => (message.provider_id ? [[message.provider_id, message]] : [])),
  );
  const reactions = reactionsByTarget(messages);
  const items: ThreadItem[] = [];
  let before: Message | undefined;
  for (const message of messages) {
    const reaction = reactionOf(message);
    // A reaction to a message that is not loaded stands for itself, so that it is not lost.
    if (reaction && byProviderId.has(reaction.target)) continue;
    const newDay = !before || dayOf(before.sent_at) !== dayOf(message.sent_at);
    if (newDay) items.push({ kind: "day", id: `day-${dayOf(message.sent_at)}-${message.id}`, at: message.sent_at });
    const answered = reaction ? undefined : byProviderId.get(message.reply_to_provider_id ?? "");
    items.push({
      kind: "message",
      id: `message-${message.id}`,
      message,
      reactions: reactions.get(message.provider_id ?? "") ?? [],
      quoted: answered && excerptOf(answered),
      startsGroup: newDay || before?.direction !== message.direction,
    });
    before = message;
  }
  return items;
}

/** One side holds one reaction on a message: a later one replaces it, an empty one takes it back. */
function reactionsByTarget(messages: readonly Message[]): Map<string, string[]> {
  const bySide = new Map<string, Partial<Record<Message["direction"], string>>>();
  for (const message of messages) {
    const reaction = reactionOf(message);
    if (!reaction) continue;
    bySide.set(reaction.target, { ...bySide.get(reaction.target), [message.direction]: reaction.emoji });
  }
  return new Map([...bySide].map(([target, sides]) => [target, Object.values(sides).filter((emoji) => emoji !== "")]));
}

function dayOf(at: string): string {
  return new Date(at).toDateString();
}
