import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Team } from "../../../shared/v1/reach.ts";
import { deleteTeam, teamsQuery } from "../../lib/api/teams.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { counted } from "../../lib/format-time.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { ListArea } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import type { Edited } from "./edit-dialog.tsx";
import { Item, ItemButton } from "./item.tsx";
import { TeamForm } from "./team-form.tsx";
import { useAct } from "./use-act.ts";

/** Teams: who sees each other's people where a role sees its teams'. */
export function TeamsArea() {
  const teams = useQuery(teamsQuery);
  const [edited, setEdited] = useState<Edited<Team>>();
  return (
    <ListArea
      title="Teams"
      intro="Members of a team see each other’s people where their role sees “their teams’” (Roles). Somebody may be in several."
      what="The teams"
      query={teams}
      make="New team"
      onMake={() => setEdited("new")}
      none={
        <EmptyState icon={IconUsersGroup} title="No team yet">
          You need teams only where somebody should not see everybody’s people.
        </EmptyState>
      }
      row={(team) => <Row team={team} onEdit={() => setEdited(team)} />}
    >
      <TeamForm edited={edited} onClose={() => setEdited(undefined)} />
    </ListArea>
  );
}

function Row({ team, onEdit }: { team: Team; onEdit: () => void }) {
  const users = useQuery(usersQuery).data?.data ?? [];
  const remove = useAct({
    run: () => deleteTeam(team.id),
    renews: "teams",
    failed: "The team was not deleted",
    done: () => showDone(`The team ${team.name} is gone.`),
  });
  const names = users.filter(({ id }) => team.member_ids.includes(id)).map(({ name }) => name);
  return (
    <Item
      title={team.name}
      detail={names.length === 0 ? "Nobody yet" : `${counted(names.length, "member")}: ${names.join(", ")}`}
      actions={
        <>
          <ItemButton label="Edit" of={team.name} onClick={onEdit} />
          <ConfirmButton
            label="Delete"
            title={`Delete the team ${team.name}?`}
            busy={remove.isPending}
            onConfirm={remove.mutate}
          >
            Its members stay. Where their role sees “their teams’” people, they see less then.
          </ConfirmButton>
        </>
      }
    />
  );
}
