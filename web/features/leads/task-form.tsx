import { Alert, Box, Button, Group, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { taskPriorities } from "../../../shared/task-words.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { createTask } from "../../lib/api/tasks.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { randomKey } from "../../lib/random-key.ts";

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
  const [assigneeId, setAssigneeId] = useState<string | null>(null);
  const [key] = useState(randomKey);
  const users = useQuery(usersQuery).data?.data ?? [];
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
          ...(assigneeId === null ? {} : { assignee_user_id: Number(assigneeId) }),
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
            data={users.map(({ id, name, email }) => ({ value: String(id), label: name || email }))}
            value={assigneeId}
            onChange={setAssigneeId}
          />
        </SimpleGrid>
        {creating.isError && (
          <Alert color="red" variant="light" role="alert">
            {wordsOf(creating.error)}
          </Alert>
        )}
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
