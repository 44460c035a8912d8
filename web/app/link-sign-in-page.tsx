import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { LinkSignIn } from "../features/sign-in/link-sign-in.tsx";
import { type Me, meQuery } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";

const route = getRouteApi(pages.linkSignIn);

export function LinkSignInPage() {
  const { token } = route.useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const enter = async (me: Me) => {
    client.setQueryData(meQuery.queryKey, me);
    await navigate({ to: me.has_password ? pages.inbox : pages.welcome, replace: true });
  };
  return (
    <EntryFrame title="Sign in by link">
      <LinkSignIn
        token={token}
        onSignedIn={(me) => void enter(me)}
        onGiveUp={() => void navigate({ to: pages.signIn, replace: true })}
      />
    </EntryFrame>
  );
}
