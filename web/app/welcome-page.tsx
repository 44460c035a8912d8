import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { NewPasswordForm } from "../features/sign-in/new-password-form.tsx";
import { meQuery } from "../lib/api/session.ts";
import { pages } from "../lib/paths.ts";
import { showDone } from "../ui/undo-toast.tsx";
import { EntryFrame } from "./entry-frame.tsx";

const route = getRouteApi("/signed-in");

export function WelcomePage() {
  const { me } = route.useRouteContext();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toInbox = () => void navigate({ to: pages.inbox, replace: true });
  const done = () => {
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
    showDone("Your password is set.");
    toInbox();
  };
  return (
    <EntryFrame title="Welcome. Set a password?">
      <NewPasswordForm email={me.email ?? me.name} onDone={done} onLater={toInbox} />
    </EntryFrame>
  );
}
