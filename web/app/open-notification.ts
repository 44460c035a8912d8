import type { QueryClient } from "@tanstack/react-query";
import type { useNavigate } from "@tanstack/react-router";
import type { Notification } from "../../shared/v1/notification.ts";
import { conversationsOfContactQuery } from "../lib/api/conversations.ts";
import { pages } from "../lib/paths.ts";

type Navigate = ReturnType<typeof useNavigate>;

/** Goes where a notification's matter is: the conversation, the lead, the person's record where it is a visit, else the talk with the person. */
export async function openNotification(
  { contact_id: contactId, subject }: Notification,
  { navigate, client }: { navigate: Navigate; client: QueryClient },
): Promise<void> {
  const toConversation = (id: number) => navigate({ to: pages.conversation, params: { conversationId: String(id) } });
  if (subject?.kind === "conversation") return toConversation(subject.id);
  if (subject?.kind === "lead") return navigate({ to: pages.lead, params: { leadId: String(subject.id) } });
  if (contactId === null) return;
  const toPerson = () => navigate({ to: pages.customer, params: { contactId: String(contactId) } });
  if (subject?.kind === "appointment") return toPerson();
  const found = await client.fetchQuery(conversationsOfContactQuery(contactId));
  const [conversation] = found.data;
  // A lead that was typed in, a call by telephone: nobody has written yet.
  return conversation ? toConversation(conversation.id) : toPerson();
}
