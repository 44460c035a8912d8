import { Box, Button, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { taskPriorities } from "../../../shared/task-words.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { createTask } from "../../lib/api/tasks.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useMemberChoices } from "../../lib/use-member-choices.ts";
import { FormProblem } from "../../ui/form-problem.tsx";

type Priority = (typeof taskPriorities)[number];

/** Something to do for the lead. */
export function NewTask({ lead }: { lead: Lead }) {
  const [writing, setWriting] = useState(false);
  return (
    <Box p="md">
      {writing ? (
        <TaskForm lead={lead} onDone={() => setWriting(false)} />
      ) : (
        <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setWriting(true)}>
          New Task
        </Button>
      )}
    </Box>
  );
}

function TaskForm({ lead, onDone }: { lead: Lead; onDone: () => void }) {
  const [title, setTitle] = useState("");
  const [dueAt, setDueAt] = useState("");
  const [priority, setPriority] = useState<Priority>("medium");
  const [assigneeId, setAssigneeId] = useState<number | null>(null);
  const [key] = useState(randomKey);
  const members = useMemberChoices();
  const client = useQueryClient();
  const creating = useMutation({
    mutationFn: () =>
      createTask(
        {
          contact_id: lead.contact_id,
          lead_id: lead.id,
          title: title.trim(),
          priority,
          ...(dueAt === "" ? {} : { due_at: new Date(dueAt).toISOString() }),
          ...(assigneeId === null ? {} : { assignee_user_id: assigneeId }),
        },
        key,
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate();
  };
  return (
    <form onSubmit={submit} aria-label="New task">
      <Stack gap="xs">
        <TextInput
          label="Title"
          autoFocus
          placeholder="Call to discuss the proposal"
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
          <TextInput
            label="Due"
            type="datetime-local"
            value={dueAt}
            onChange={(event) => setDueAt(event.currentTarget.value)}
          />
          <Select
            label="Priority"
            allowDeselect={false}
            data={[...taskPriorities]}
            value={priority}
            onChange={(word) => setPriority(taskPriorities.find((known) => known === word) ?? "medium")}
          />
          <Select
            label="Assigned to"
            placeholder="Nobody"
            clearable
            data={members}
            value={assigneeId}
            onChange={setAssigneeId}
          />
        </SimpleGrid>
        <FormProblem error={creating.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onDone}>
            Discard
          </Button>
          <Button size="xs" type="submit" loading={creating.isPending} disabled={title.trim() === ""}>
            Add task
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
