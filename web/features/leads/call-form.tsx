import { Button, Group, NumberInput, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { NewCall } from "../../../shared/v1/call.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { logCall } from "../../lib/api/calls.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { callDirections, callStatuses, callWords } from "./call-words.ts";

/** What a clock has measured. `key`: under which it is written down, once. */
export type Measured = { startedAt: number; seconds: number; key: string };

type Props = { lead: Lead; measured?: Measured; onDone: () => void };

/** A call that was, or one that is planned. */
export function CallForm({ lead, measured, onDone }: Props) {
  const [direction, setDirection] = useState<(typeof callDirections)[number]["value"]>("outgoing");
  const [status, setStatus] = useState<(typeof callStatuses)[number]["value"]>("completed");
  const [minutes, setMinutes] = useState<number | "">(measured ? minutesOf(measured) : "");
  const [plannedAt, setPlannedAt] = useState("");
  const [outcome, setOutcome] = useState("");
  const [notes, setNotes] = useState("");
  const [key] = useState(measured?.key ?? randomKey);
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
      ...(minutes === "" ? {} : { duration_seconds: secondsOf(minutes, measured) }),
      ...(measured && status !== "scheduled" ? { occurred_at: new Date(measured.startedAt).toISOString() } : {}),
      ...(status === "scheduled" && plannedAt !== "" ? { scheduled_at: new Date(plannedAt).toISOString() } : {}),
      ...(outcome.trim() === "" ? {} : { outcome: outcome.trim() }),
      ...(notes.trim() === "" ? {} : { description: notes.trim() }),
      ...(lead.phone === null ? {} : { phone: lead.phone }),
    });
  };
  return (
    <form onSubmit={submit} aria-label="Log a call">
      <Stack gap="xs">
        {measured && (
          <Text fz="sm">
            The call is over after <b>{callWords(measured.seconds)}</b>. Save writes it down.
          </Text>
        )}
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
              withAsterisk
              value={plannedAt}
              onChange={(event) => setPlannedAt(event.currentTarget.value)}
            />
          ) : (
            <NumberInput
              label="Minutes"
              min={0}
              decimalScale={2}
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
        <FormProblem error={logging.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            Discard
          </Button>
          <Button size="xs" type="submit" loading={logging.isPending} autoFocus={measured !== undefined}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function minutesOf({ seconds }: Measured): number {
  return Math.round(seconds / 0.6) / 100;
}

/** To the second where nobody corrected the minutes. */
function secondsOf(minutes: number, measured: Measured | undefined): number {
  return measured && minutes === minutesOf(measured) ? measured.seconds : Math.round(minutes * 60);
}
