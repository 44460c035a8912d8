import { MultiSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Team } from "../../../shared/v1/reach.ts";
import { createTeam, saveTeam } from "../../lib/api/teams.ts";
import { useMemberChoices } from "../../lib/use-member-choices.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { EditDialog, type Edited } from "./edit-dialog.tsx";
import { useSaving } from "./use-saving.ts";

export function TeamForm({ edited, onClose }: { edited: Edited<Team>; onClose: () => void }) {
  return (
    <EditDialog edited={edited} titles={{ new: "New team", edit: "Edit the team" }} size="md" onClose={onClose}>
      {(team) => <Fields team={team} onClose={onClose} />}
    </EditDialog>
  );
}

function Fields({ team, onClose }: { team: Team | undefined; onClose: () => void }) {
  const [name, setName] = useState(team?.name ?? "");
  const [memberIds, setMemberIds] = useState<number[]>(team?.member_ids ?? []);
  const members = useMemberChoices();
  const saving = useSaving({
    save: (key) => {
      const fields = { name: name.trim(), member_ids: memberIds };
      return team ? saveTeam(team, fields) : createTeam(fields, key);
    },
    renews: "teams",
    done: (saved) => {
      showDone(team ? `${saved.name} was saved.` : `The team ${saved.name} is there.`);
      onClose();
    },
  });
  return (
    <DialogForm sending={saving} submit="Save" onSubmit={saving.mutate}>
      <TextInput
        label="Name"
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <MultiSelect
        label="Members"
        placeholder={memberIds.length === 0 ? "Choose members" : ""}
        searchable
        data={members}
        value={memberIds}
        onChange={setMemberIds}
      />
    </DialogForm>
  );
}
