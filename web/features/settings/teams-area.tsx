import { Button } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Team } from "../../../shared/v1/reach.ts";
import type { User } from "../../../shared/v1/user.ts";
import { deleteTeam, teamsQuery } from "../../lib/api/teams.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { counted } from "../../lib/format-time.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { Area, AreaList, Item, Items } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import { TeamForm } from "./team-form.tsx";
import { useAct } from "./use-act.ts";

/** Teams: who sees each other's people where a role sees its teams'. */
export function TeamsArea() {
  const teams = useQuery(teamsQuery);
  const users = useQuery(usersQuery).data?.data ?? [];
  const [edited, setEdited] = useState<Team | "new">();
  return (
    <Area
      title="Teams"
      intro="Members of a team see each other’s people where their role sees “their teams’” (Roles). Somebody may be in several."
      action={
        <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited("new")}>
          New team
        </Button>
      }
    >
      <AreaList
        what="The teams"
        query={teams}
        none={
          <EmptyState icon={IconUsersGroup} title="No team yet">
            You need teams only where somebody should not see everybody’s people.
          </EmptyState>
        }
      >
        {(all) => (
          <Items label="Teams">
            {all.map((team) => (
              <Row key={team.id} team={team} users={users} onEdit={() => setEdited(team)} />
            ))}
          </Items>
        )}
      </AreaList>
      <TeamForm edited={edited} users={users} onClose={() => setEdited(undefined)} />
    </Area>
  );
}

function Row({ team, users, onEdit }: { team: Team; users: User[]; onEdit: () => void }) {
  const remove = useAct({
    run: () => deleteTeam(team.id),
    renews: "teams",
    failed: "The team was not deleted",
    done: () => showDone(`The team ${team.name} is gone.`),
  });
  const names = users.filter(({ id }) => team.member_ids.includes(id)).map(({ name, email }) => name || email);
  return (
    <Item
      title={team.name}
      detail={names.length === 0 ? "Nobody yet" : `${counted(names.length, "member")}: ${names.join(", ")}`}
      actions={
        <>
          <Button size="compact-sm" variant="default" onClick={onEdit} aria-label={`Edit ${team.name}`}>
            Edit
          </Button>
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
