import { Button } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { conversationsOfContactQuery } from "../lib/api/conversations.ts";
import { pages } from "../lib/paths.ts";

/** To the person's latest conversation, where there is one. */
export function OpenConversation({ contactId }: { contactId: number }) {
  const navigate = useNavigate();
  const conversation = useQuery(conversationsOfContactQuery(contactId)).data?.data[0];
  if (!conversation) return null;
  const params = { conversationId: String(conversation.id) };
  return (
    <Button
      variant="default"
      leftSection={<IconMessage size={17} stroke={1.7} />}
      onClick={() => void navigate({ to: pages.conversation, params })}
    >
      Open the conversation
    </Button>
  );
}
