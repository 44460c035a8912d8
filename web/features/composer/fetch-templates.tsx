import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { wordsOf } from "../../lib/api/api-error.ts";
import { conversationQuery } from "../../lib/api/conversations.ts";
import { syncTemplates } from "../../lib/api/templates.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

/** Reads what WhatsApp has approved now, instead of waiting for the next quarter of an hour. */
export function FetchTemplates({ conversationId }: { conversationId: number }) {
  const client = useQueryClient();
  const { data: conversation } = useQuery(conversationQuery(conversationId));
  const { mutate, isPending } = useMutation({
    mutationFn: syncTemplates,
    onSuccess: () => client.invalidateQueries({ queryKey: ["send-options"] }),
    onError: (error) => showProblem("The templates could not be fetched", wordsOf(error)),
  });
  if (!conversation) return null;
  return (
    <Button variant="default" size="xs" mt="xs" loading={isPending} onClick={() => mutate(conversation.channel.id)}>
      Fetch templates from WhatsApp
    </Button>
  );
}
