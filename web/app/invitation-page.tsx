import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AcceptInvitation } from "../features/sign-in/accept-invitation.tsx";
import { type Me, meQuery } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";

const route = getRouteApi(pages.invitation);

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const { token } = route.useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const enter = async (me: Me) => {
    // Whoever was signed in here before is not any more; nothing of theirs is to be seen.
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
    await navigate({ to: pages.inbox, replace: true });
  };
  return (
    <EntryFrame title="You are invited">
      <AcceptInvitation
        token={token}
        onSignedIn={(me) => void enter(me)}
        onGiveUp={() => void navigate({ to: pages.signIn, replace: true })}
      />
    </EntryFrame>
  );
}
