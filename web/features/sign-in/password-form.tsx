import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { hasStatus, wordsOf } from "../../lib/api/api-error.ts";
import { type Me, signIn } from "../../lib/api/session.ts";

/** Sign-in by e-mail and password. */
export function PasswordForm({ onSignedIn }: { onSignedIn: (me: Me) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate({ email: email.trim(), password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {attempt.isError && (
          <Alert color="red" variant="light" role="alert">
            {refusalWords(attempt.error)}
          </Alert>
        )}
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" fullWidth loading={attempt.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

function refusalWords(error: unknown): string {
  return hasStatus(error, 401) ? "E-mail and password don't match. Please check both." : wordsOf(error);
}
