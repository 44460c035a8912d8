import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "../../lib/api/users.ts";
import { Area, AreaList, Items } from "./area.tsx";
import { InviteForm } from "./invite-form.tsx";
import { MemberRow } from "./member-row.tsx";
import { OpenInvitations } from "./open-invitations.tsx";

/** Who belongs to the company, with which role, and who is asked to come. `meId`: who looks. */
export function MembersArea({ meId }: { meId: number | null }) {
  const users = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  return (
    <Area
      title="Members"
      intro="Who works here and what they may do. Somebody new is invited by a link, which goes to them by mail or by your hand."
      action={
        <Button leftSection={<IconUserPlus size={17} />} onClick={() => setInviting(true)}>
          Invite somebody
        </Button>
      }
    >
      <AreaList what="The members" query={users} none={null}>
        {(members) => (
          <>
            <Items label="Members">
              {members.map((member) => (
                <MemberRow key={member.id} member={member} isMe={member.id === meId} />
              ))}
            </Items>
            <OpenInvitations />
          </>
        )}
      </AreaList>
      <InviteForm opened={inviting} onClose={() => setInviting(false)} />
    </Area>
  );
}
