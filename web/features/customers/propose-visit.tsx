import { Button } from "@mantine/core";
import { IconCalendarHeart } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { wordsOf } from "../../lib/api/api-error.ts";
import { proposeVisit } from "../../lib/api/rebooking.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showProblem } from "../../ui/undo-toast.tsx";

type Props = { contactId: number; onProposed: (conversationId: number) => void };

/** Writes to the person with free times of the kind at which they usually come, and leads to the conversation. */
export function ProposeVisit({ contactId, onProposed }: Props) {
  const client = useQueryClient();
  const [key, setKey] = useState(randomKey);
  const proposing = useMutation({
    mutationFn: () => proposeVisit(contactId, key),
    onSuccess: ({ message }) => {
      void client.invalidateQueries({ queryKey: ["conversations"] });
      onProposed(message.conversation_id);
    },
    onError: (error) => {
      setKey(randomKey());
      showProblem("Nothing was proposed", wordsOf(error));
    },
  });
  return (
    <Button
      leftSection={<IconCalendarHeart size={17} stroke={1.7} />}
      loading={proposing.isPending}
      onClick={() => proposing.mutate()}
    >
      Propose a visit
    </Button>
  );
}
