import { resolvePeople } from "../contacts/resolve-people.ts";
import { restoreMentioned } from "../contacts/restore-mentioned.ts";
import type { TxCtx } from "../context.ts";
import { keepIncomingMails } from "../email/received/keep-incoming-mails.ts";
import { rememberMedia } from "../media/remember-media.ts";
import { applyEarlyStatuses } from "./apply-early-statuses.ts";
import { conversationsFor } from "./conversations-for.ts";
import type { InboundUpdate } from "./inbound-update.ts";
import { insertMessages } from "./insert-messages.ts";
import { recordReceived } from "./record-received.ts";
import { refreshConversations } from "./refresh-conversations.ts";

export type MessageUpdate = Extract<InboundUpdate, { kind: "message" }>;

/** An update with the number it came to, and the body it stood in. */
export type Routed<Update> = { update: Update; channelAccountId: number; deliveryId: number | null };

/** A message that was not there before. */
export type ReceivedMessage = {
  id: number;
  conversationId: number;
  contactId: number;
  channelAccountId: number;
  update: MessageUpdate;
};

/**
 * Stores messages of one company: people, conversations, messages, what stands on the conversation, and the journal. Messages that
 * are there already (by the provider's id) are left out of the result, so that everything that follows happens once.
 */
export async function receiveMessages(tx: TxCtx, items: Routed<MessageUpdate>[]): Promise<ReceivedMessage[]> {
  if (items.length === 0) return [];
  const people = await resolvePeople(
    tx,
    items.map(({ update }) => ({ keys: update.person, source: sourceOf(update), seenAt: update.sentAt })),
  );
  const addressed = items.map((item, index) => ({ ...item, contactId: people[index]?.contactId ?? 0 }));
  const conversations = await conversationsFor(tx, addressed);
  const received = await insertMessages(
    tx,
    addressed.map((item) => ({ ...item, conversationId: conversations.get(item) ?? 0 })),
  );
  // Only by what is new: a webhook told twice must not bring back whom somebody deleted in between.
  await restoreMentioned(tx, [...new Set(received.map(({ contactId }) => contactId))]);
  await applyEarlyStatuses(tx, received);
  await refreshConversations(tx, received);
  await rememberMedia(tx, received);
  await keepIncomingMails(tx, received);
  await recordReceived(tx, received);
  return received;
}

function sourceOf({ channel }: MessageUpdate): string {
  return channel.provider === "email" ? "email" : "whatsapp";
}

/** Written to us by a person just now: what counts as unread, opens the window and starts a pursuit. */
export function isFromPerson({ update }: ReceivedMessage): boolean {
  return update.direction === "in" && update.origin === "person";
}
