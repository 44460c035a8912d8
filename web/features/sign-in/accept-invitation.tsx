import { Button, SimpleGrid, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { leastPasswordLength } from "../../../shared/password-length.ts";
import { hasStatus, isPassing, wordsOf } from "../../lib/api/api-error.ts";
import { acceptInvitation, type HeldInvitation, heldInvitationQuery } from "../../lib/api/invitations.ts";
import { type Me, signIn } from "../../lib/api/session.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { NewPasswordInput } from "../../ui/new-password-input.tsx";

type Props = { token: string; onSignedIn: (me: Me) => void; onGiveUp: () => void };

/** Who was invited says what they are called, chooses a password, and is in. */
export function AcceptInvitation({ token, onSignedIn, onGiveUp }: Props) {
  const held = useQuery(heldInvitationQuery(token));
  if (held.isError) return <Ended error={held.error} onRetry={() => void held.refetch()} onGiveUp={onGiveUp} />;
  if (!held.data)
    return (
      <div role="status" aria-busy="true" aria-label="Looking up the invitation">
        <Skeleton height={290} radius="md" />
      </div>
    );
  return <Fields token={token} invitation={held.data} onSignedIn={onSignedIn} />;
}

type FieldsProps = { token: string; invitation: HeldInvitation; onSignedIn: (me: Me) => void };

function Fields({ token, invitation, onSignedIn }: FieldsProps) {
  const { email, role, company_name: company } = invitation;
  const [firstName, setFirstName] = useState("");
  const [lastName, setLastName] = useState("");
  const [password, setPassword] = useState("");
  const accepting = useMutation({
    mutationFn: async () => {
      await acceptInvitation({ token, password, first_name: firstName.trim(), last_name: lastName.trim() });
      return signIn({ email, password });
    },
    onSuccess: onSignedIn,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    accepting.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          <b>{company}</b> invites you as {role}. You will sign in as <b>{email}</b>.
        </Text>
        <FormProblem error={accepting.error} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label="First name"
            autoComplete="given-name"
            maxLength={100}
            autoFocus
            size="md"
            value={firstName}
            onChange={(event) => setFirstName(event.currentTarget.value)}
          />
          <TextInput
            label="Last name"
            autoComplete="family-name"
            maxLength={100}
            size="md"
            value={lastName}
            onChange={(event) => setLastName(event.currentTarget.value)}
          />
        </SimpleGrid>
        <NewPasswordInput
          label="Password"
          description={`A new one of at least ${leastPasswordLength} characters; or yours, if you have an account with this address.`}
          size="md"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" size="md" loading={accepting.isPending}>
          Join {company}
        </Button>
      </Stack>
    </form>
  );
}

function Ended({ error, onRetry, onGiveUp }: { error: unknown; onRetry: () => void; onGiveUp: () => void }) {
  const passing = isPassing(error);
  return (
    <Stack role="alert" gap="sm">
      <Text fw={600}>
        {passing ? "The invitation could not be looked up just now" : "This invitation does not work any more"}
      </Text>
      <Text fz="sm" c="dimmed">
        {hasStatus(error, 401)
          ? "It was used already, withdrawn, or is older than a week. Ask whoever invited you for a new one."
          : wordsOf(error)}
      </Text>
      {passing && <Button onClick={onRetry}>Try again</Button>}
      <Button variant={passing ? "default" : "filled"} onClick={onGiveUp}>
        To the sign-in
      </Button>
    </Stack>
  );
}
