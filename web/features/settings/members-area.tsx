import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { usersQuery } from "../../lib/api/users.ts";
import { ListArea } from "./area.tsx";
import { InviteForm } from "./invite-form.tsx";
import { MemberRow } from "./member-row.tsx";
import { OpenInvitations } from "./open-invitations.tsx";

/** Who belongs to the company, with which role, and who is asked to come. `meId`: who looks. */
export function MembersArea({ meId }: { meId: number | null }) {
  const users = useQuery(usersQuery);
  const [inviting, setInviting] = useState(false);
  return (
    <ListArea
      title="Members"
      intro="Who works here and what they may do. Somebody new is invited by a link, which goes to them by mail or by your hand."
      what="The members"
      query={users}
      make="Invite somebody"
      makeIcon={IconUserPlus}
      onMake={() => setInviting(true)}
      row={(member) => <MemberRow member={member} isMe={member.id === meId} />}
      below={<OpenInvitations />}
    >
      <InviteForm opened={inviting} onClose={() => setInviting(false)} />
    </ListArea>
  );
}
