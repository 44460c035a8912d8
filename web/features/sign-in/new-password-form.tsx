import { Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changePassword } from "../../lib/api/session.ts";
import { FormProblem } from "../../ui/form-problem.tsx";

type Props = { email: string; onDone: () => void; onLater: () => void };

const leastLength = 8;

/** Offered after the first sign-in by link, so that the next one needs no link. */
export function NewPasswordForm({ email, onDone, onLater }: Props) {
  const [password, setPassword] = useState("");
  const change = useMutation({ mutationFn: changePassword, onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ newPassword: password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          The link that brought you here works once. With a password you can come back any time as <b>{email}</b>.
        </Text>
        <FormProblem error={change.error} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label="New password"
          description={`At least ${leastLength} characters; a few words in a row are easy to keep.`}
          autoComplete="new-password"
          minLength={leastLength}
          required
          autoFocus
          size="md"
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={change.isPending}>
          Set password
        </Button>
        <Button variant="subtle" color="gray" onClick={onLater}>
          Later
        </Button>
      </Stack>
    </form>
  );
}
