import { Text } from "@mantine/core";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { PasswordForm } from "../features/sign-in/password-form.tsx";
import { pages } from "../lib/paths.ts";
import { EntryFrame } from "./entry-frame.tsx";
import { useEnter } from "./use-enter.ts";

const route = getRouteApi(pages.signIn);

export function SignInPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const enter = useEnter();
  return (
    <EntryFrame title="Sign in">
      <PasswordForm
        onSignedIn={(me) => {
          enter(me);
          router.history.push(next ?? pages.inbox);
        }}
      />
      <Text fz="sm" c="dimmed" mt="lg">
        First time here? The server printed a one-time sign-in link when it started. Open that link instead.
      </Text>
    </EntryFrame>
  );
}
