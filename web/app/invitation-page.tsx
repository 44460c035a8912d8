import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AcceptInvitation } from "../features/sign-in/accept-invitation.tsx";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { useEnter } from "./use-enter.ts";

const route = getRouteApi(pages.invitation);

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const { token } = route.useParams();
  const navigate = useNavigate();
  const enter = useEnter();
  return (
    <EntryFrame title="You are invited">
      <AcceptInvitation
        token={token}
        onSignedIn={(me) => {
          enter(me);
          void navigate({ to: pages.inbox, replace: true });
        }}
        onGiveUp={() => void navigate({ to: pages.signIn, replace: true })}
      />
    </EntryFrame>
  );
}
