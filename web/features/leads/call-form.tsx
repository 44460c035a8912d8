import { Alert, Button, Group, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { NewCall } from "../../../shared/v1/call.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { logCall } from "../../lib/api/calls.ts";
import { randomKey } from "../../lib/random-key.ts";
import { showDone } from "../../ui/undo-toast.tsx";
import { callDirections, callStatuses } from "./call-words.ts";

type Props = { lead: Lead; onDone: () => void };

/** A call that was, or one that is planned. */
export function CallForm({ lead, onDone }: Props) {
  const [direction, setDirection] = useState<(typeof callDirections)[number]["value"]>("outgoing");
  const [status, setStatus] = useState<(typeof callStatuses)[number]["value"]>("completed");
  const [minutes, setMinutes] = useState<number | "">("");
  const [plannedAt, setPlannedAt] = useState("");
  const [outcome, setOutcome] = useState("");
  const [notes, setNotes] = useState("");
  const [key] = useState(randomKey);
  const client = useQueryClient();
  const logging = useMutation({
    mutationFn: (call: NewCall) => logCall(call, key),
    onSuccess: () => {
      showDone(status === "scheduled" ? "The call is planned." : "The call is written down.");
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
      void client.invalidateQueries({ queryKey: ["leads"] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    logging.mutate({
      contact_id: lead.contact_id,
      lead_id: lead.id,
      direction,
      status,
      ...(minutes === "" ? {} : { duration_seconds: Math.round(minutes * 60) }),
      ...(status === "scheduled" && plannedAt !== "" ? { scheduled_at: new Date(plannedAt).toISOString() } : {}),
      ...(outcome.trim() === "" ? {} : { outcome: outcome.trim() }),
      ...(notes.trim() === "" ? {} : { description: notes.trim() }),
      ...(lead.phone === null ? {} : { phone: lead.phone }),
    });
  };
  return (
    <form onSubmit={submit} aria-label="Log a call">
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <Select
            label="Direction"
            allowDeselect={false}
            data={callDirections}
            value={direction}
            onChange={(word) => setDirection(callDirections.find(({ value }) => value === word)?.value ?? "outgoing")}
          />
          <Select
            label="How it went"
            allowDeselect={false}
            data={callStatuses}
            value={status}
            onChange={(word) => setStatus(callStatuses.find(({ value }) => value === word)?.value ?? "completed")}
          />
          {status === "scheduled" ? (
            <TextInput
              label="When"
              type="datetime-local"
              required
              value={plannedAt}
              onChange={(event) => setPlannedAt(event.currentTarget.value)}
            />
          ) : (
            <NumberInput
              label="Minutes"
              min={0}
              decimalScale={1}
              value={minutes}
              onChange={(value) => setMinutes(typeof value === "number" ? value : "")}
            />
          )}
          <TextInput
            label="Outcome"
            maxLength={500}
            value={outcome}
            onChange={(event) => setOutcome(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Textarea
          label="Notes of the call"
          autosize
          minRows={2}
          maxRows={8}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        {logging.isError && (
          <Alert color="red" variant="light" role="alert">
            {wordsOf(logging.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            Discard
          </Button>
          <Button size="xs" type="submit" loading={logging.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
