import { Alert, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { IconCalendarHeart } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RebookingProposal } from "../../../shared/v1/rebooking.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { dueCustomersKey } from "../../lib/api/customers.ts";
import { proposalQuery, proposeVisit } from "../../lib/api/rebooking.ts";
import { randomKey } from "../../lib/random-key.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { proposalWords } from "./customer-words.ts";
import classes from "./propose-visit.module.css";

type Props = { contactId: number; onProposed: (conversationId: number) => void };

/** Shows what the person would read, with free times of the kind at which they usually come; sent, it leads to the conversation. */
export function ProposeVisit({ contactId, onProposed }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button leftSection={<IconCalendarHeart size={17} stroke={1.7} />} onClick={() => setOpened(true)}>
        Propose a visit
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title="Propose a visit">
        {opened && <Proposal contactId={contactId} onProposed={onProposed} />}
      </Modal>
    </>
  );
}

function Proposal({ contactId, onProposed }: Props) {
  const [again, setAgain] = useState(false);
  const { data, error } = useQuery(proposalQuery(contactId, { again }));
  const client = useQueryClient();
  // Kept after every failure: a refusal leaves it unused, and what arrived without an answer is not sent a second time.
  const [key] = useState(randomKey);
  const proposing = useMutation({
    mutationFn: () => proposeVisit(contactId, { again }, again ? `${key}-again` : key),
    onSuccess: ({ message }) => {
      void client.invalidateQueries({ queryKey: ["conversations"] });
      void client.invalidateQueries({ queryKey: ["customers"] });
      void client.invalidateQueries({ queryKey: dueCustomersKey });
      onProposed(message.conversation_id);
    },
  });
  if (error) return <Alert color="orange">{wordsOf(error)}</Alert>;
  if (!data) return <Loader aria-label="Looking for free times" />;
  if (data.by === null) return <Refused proposal={data} onAgain={() => setAgain(true)} />;
  return (
    <DialogForm sending={proposing} submit="Send" onSubmit={() => proposing.mutate()}>
      <Text fz="sm" c="dimmed">
        {proposalWords(data)} {data.waiting_reason}
      </Text>
      <blockquote className={classes.message}>{data.text}</blockquote>
    </DialogForm>
  );
}

/** Who was asked and says nothing, or comes anyway, can be asked on purpose. */
function Refused({ proposal, onAgain }: { proposal: RebookingProposal; onAgain: () => void }) {
  const { earlier, next_visit_at: nextVisitAt } = proposal;
  return (
    <Stack gap="md">
      <Alert color="orange">{proposalWords(proposal)}</Alert>
      {(earlier || nextVisitAt) && !earlier?.still_waits && (
        <Group justify="flex-end">
          <Button variant="light" onClick={onAgain}>
            {earlier ? "Ask again all the same" : "Propose another visit all the same"}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
