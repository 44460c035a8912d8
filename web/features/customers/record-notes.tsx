import { Button, Group, NumberInput, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { CustomerRecord } from "../../../shared/v1/customer.ts";
import { useMay } from "../../lib/use-may.ts";
import { Section } from "../../ui/section.tsx";
import { useRecordChange } from "./use-record-change.ts";

type Draft = { notes: string; days: number | "" };

/** What the team should know before the next visit, and after how many days to call. */
export function RecordNotes({ record }: { record: CustomerRecord }) {
  const may = useMay();
  return may.write ? <NotesForm record={record} /> : <WrittenNotes record={record} />;
}

function WrittenNotes({ record: { notes, follow_up_after_days: days } }: { record: CustomerRecord }) {
  return (
    <Section title="Notes of the record">
      <Text fz="sm" c={notes ? "inherit" : "dimmed"} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {notes || "Nothing noted."}
      </Text>
      {days !== null && (
        <Text fz="xs" c="dimmed" mt={6}>
          Follow up after {days} days without contact.
        </Text>
      )}
    </Section>
  );
}

function NotesForm({ record }: { record: CustomerRecord }) {
  const change = useRecordChange(record.contact_id);
  // Until somebody types, the record as it stands, also when a colleague changes it.
  const [draft, setDraft] = useState<Draft>();
  const kept: Draft = { notes: record.notes ?? "", days: record.follow_up_after_days ?? "" };
  const { notes, days } = draft ?? kept;
  const isSame = notes === kept.notes && days === kept.days;
  const save = () => {
    change(record, { notes: notes === "" ? null : notes, follow_up_after_days: days === "" ? null : days });
    setDraft(undefined);
  };
  return (
    <Section title="Notes of the record">
      <Stack gap="sm">
        <Textarea
          aria-label="Notes"
          placeholder="Prefers mornings, allergic to latex …"
          autosize
          minRows={3}
          maxRows={12}
          maxLength={100_000}
          value={notes}
          onChange={(event) => setDraft({ notes: event.currentTarget.value, days })}
        />
        <NumberInput
          label="Follow up after days without contact"
          placeholder="30, as for everybody"
          min={1}
          max={3650}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDraft({ notes, days: typeof value === "number" ? value : "" })}
        />
        <Group justify="flex-end">
          <Button size="xs" disabled={isSame} onClick={save}>
            Save
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
