import { Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { roles } from "../../../shared/roles.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { InvitedShown } from "./invited-shown.tsx";
import { type Role, roleMeans, roleWords } from "./settings-words.ts";
import { useInvite } from "./use-invite.ts";

type Props = { opened: boolean; onClose: () => void };

export function InviteForm({ opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Invite somebody"
      size="lg"
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {opened && <Content onClose={onClose} />}
    </Modal>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("salesperson");
  const { inviting, invited } = useInvite();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate({ email: email.trim(), role });
  };
  if (invited) return <InvitedShown invited={invited} onDone={onClose} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="E-mail"
          type="email"
          required
          data-autofocus
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Radio.Group
          label="Role"
          value={role}
          onChange={(word) => setRole(roles.find((known) => known === word) ?? role)}
        >
          <Stack gap="sm" mt="xs">
            {roles.map((known) => (
              <Radio key={known} value={known} label={roleWords[known]} description={roleMeans[known]} />
            ))}
          </Stack>
        </Radio.Group>
        <FormProblem error={inviting.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={inviting.isPending}>
            Send the invitation
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
