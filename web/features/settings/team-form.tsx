import { Button, Group, Modal, MultiSelect, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Team } from "../../../shared/v1/reach.ts";
import type { User } from "../../../shared/v1/user.ts";
import { createTeam, saveTeam } from "../../lib/api/teams.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";

type Props = { edited: Team | "new" | undefined; users: User[]; onClose: () => void };

export function TeamForm({ edited, users, onClose }: Props) {
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === "new" ? "New team" : "Edit the team"}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {edited && <Fields team={edited === "new" ? undefined : edited} users={users} onClose={onClose} />}
    </Modal>
  );
}

function Fields({ team, users, onClose }: { team: Team | undefined; users: User[]; onClose: () => void }) {
  const client = useQueryClient();
  const [key] = useState(randomKey);
  const [name, setName] = useState(team?.name ?? "");
  const [memberIds, setMemberIds] = useState<number[]>(team?.member_ids ?? []);
  const saving = useMutation({
    mutationFn: () => {
      const fields = { name: name.trim(), member_ids: memberIds };
      return team ? saveTeam(team, fields) : createTeam(fields, key);
    },
    onSuccess: (saved) => {
      showDone(team ? `${saved.name} was saved.` : `The team ${saved.name} is there.`);
      onClose();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["teams"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          required
          maxLength={100}
          data-autofocus
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label="Members"
          placeholder={memberIds.length === 0 ? "Choose members" : ""}
          searchable
          data={users.map(({ id, name: called, email }) => ({ value: String(id), label: called || email }))}
          value={memberIds.map(String)}
          onChange={(ids) => setMemberIds(ids.map(Number))}
        />
        <FormProblem error={saving.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
