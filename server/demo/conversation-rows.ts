import { readIntents } from "../domain/intake/read-intents.ts";
import { type DemoMessage, type DemoPerson, day, lastMessage, minute, unreadCount } from "./demo-person.ts";
import { type DemoPlan, ownerOf, touch } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";

/** A person's conversation with its messages; what stands on it is what its messages say. */
export function addConversation(plan: DemoPlan, person: DemoPerson): void {
  const last = person.messages.at(-1);
  if (!last) return;
  const id = plan.take("conversations");
  const lastMessageId = person.messages.map((message) => addMessage(plan, person, id, message)).at(-1) ?? null;
  const lastIn = lastMessage(person, "in")?.at;
  const lastOut = lastMessage(person, "out")?.at;
  if (lastOut) touch(plan, person, lastOut);
  const closed = plan.now.getTime() - last.at.getTime() > 30 * day && person.stage !== "opportunity";
  plan.rows.conversations.push({
    ...{ id, contact_id: person.id, channel_account_id: plan.channelAccountId, status: closed ? "closed" : "open" },
    ...{ assignee_user_id: person.stage === "new" ? null : ownerOf(plan, person), bot_enabled: true },
    unread_count: unreadCount(person, plan.now),
    ...{
      last_message_id: lastMessageId,
      last_message_at: last.at.toISOString(),
      last_message_text: last.text.slice(0, 300),
    },
    ...{ last_message_type: "text", last_message_direction: last.direction },
    last_inbound_at: lastIn?.toISOString() ?? null,
    last_outbound_at: lastOut?.toISOString() ?? null,
    window_expires_at: lastIn ? new Date(lastIn.getTime() + day).toISOString() : null,
    closed_at: closed ? new Date(last.at.getTime() + day).toISOString() : null,
    ...{ created_at: person.messages[0]?.at.toISOString() ?? null, updated_at: last.at.toISOString() },
  });
}

function addMessage(
  plan: DemoPlan,
  person: DemoPerson,
  conversationId: number,
  { direction, text, at }: DemoMessage,
): number {
  const id = plan.take("messages");
  const incoming = direction === "in";
  const user = ownerOf(plan, person);
  const sent = at.toISOString();
  const delivered = incoming ? null : new Date(at.getTime() + 2_000).toISOString();
  plan.rows.messages.push({
    ...{ id, conversation_id: conversationId, contact_id: person.id, channel_account_id: plan.channelAccountId },
    ...{ direction, origin: incoming ? "person" : "user", type: "text", text, provider_id: `wamid.demo.${id}` },
    intents: incoming ? readIntents(text).map(({ intent }) => intent) : [],
    ...{ author_user_id: incoming ? null : user, status: incoming ? null : "read", sent_at: sent },
    ...{ accepted_at: incoming ? null : sent, status_sent_at: incoming ? null : sent, delivered_at: delivered },
    ...{ read_at: incoming ? null : new Date(at.getTime() + minute).toISOString(), created_at: sent },
  });
  plan.rows.events.push(
    journalRow({
      ...{ type: incoming ? "message.received" : "message.sent", at, subject: ["message", id], contactId: person.id },
      ...{
        actor: incoming ? "contact" : { user },
        data: { conversation_id: conversationId, message_type: "text", text },
      },
    }),
  );
  return id;
}
