import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { LinkSignIn } from "../features/sign-in/link-sign-in.tsx";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { useEnter } from "./use-enter.ts";

const route = getRouteApi(pages.linkSignIn);

export function LinkSignInPage() {
  const { token } = route.useParams();
  const navigate = useNavigate();
  const enter = useEnter();
  return (
    <EntryFrame title="Sign in by link">
      <LinkSignIn
        token={token}
        onSignedIn={(me) => {
          enter(me);
          void navigate({ to: me.has_password ? pages.inbox : pages.welcome, replace: true });
        }}
        onGiveUp={() => void navigate({ to: pages.signIn, replace: true })}
      />
    </EntryFrame>
  );
}
