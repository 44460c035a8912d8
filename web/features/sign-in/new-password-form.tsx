import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changePassword } from "../../lib/api/session.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";

type Props = { email: string; onDone: () => void; onLater: () => void };

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
        <NewPasswordInput label="New password" autoFocus size="md" value={password} onChange={setPassword} />
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
