import { Button, Loader, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { isPassing, wordsOf } from "../../lib/api/api-error.ts";
import { type Me, signIn } from "../../lib/api/session.ts";

type Props = { token: string; onSignedIn: (me: Me) => void; onGiveUp: () => void };

/** Spends a one-time link. It is spent once even where the page is drawn twice. */
export function LinkSignIn({ token, onSignedIn, onGiveUp }: Props) {
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    attempt.mutate({ token });
  }, [attempt.mutate, token]);
  if (!attempt.isError) {
    return (
      <Stack align="center" py="lg" role="status">
        <Loader size="sm" />
        <Text c="dimmed">Signing you in…</Text>
      </Stack>
    );
  }
  const passing = isPassing(attempt.error);
  return (
    <Stack role="alert" gap="sm">
      <Text fw={600}>{passing ? "You could not be signed in just now" : "This link does not work any more"}</Text>
      <Text fz="sm" c="dimmed">
        {passing
          ? `${wordsOf(attempt.error)} The link is still good.`
          : "A sign-in link works once and only for a while. Sign in with your password, or start the server again: it prints a new link while nobody has set a password."}
      </Text>
      {passing && <Button onClick={() => attempt.mutate({ token })}>Try again</Button>}
      <Button variant={passing ? "default" : "filled"} onClick={onGiveUp}>
        Sign in with a password
      </Button>
    </Stack>
  );
}
