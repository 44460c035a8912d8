import { Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Role } from "../../../shared/roles.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { InvitedShown } from "./invited-shown.tsx";
import { roleChoices, roleMeans } from "./settings-words.ts";
import { useInvite } from "./use-invite.ts";

type Props = { opened: boolean; onClose: () => void };

export function InviteForm({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Invite somebody" size="lg" closeOnClickOutside={false}>
      {opened && <Content onClose={onClose} />}
    </Modal>
  );
}

function Content({ onClose }: { onClose: () => void }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("salesperson");
  const inviting = useInvite();
  if (inviting.data) return <InvitedShown invited={inviting.data} onDone={onClose} />;
  return (
    <DialogForm
      sending={inviting}
      submit="Send the invitation"
      onSubmit={() => inviting.mutate({ email: email.trim(), role })}
    >
      <TextInput
        label="E-mail"
        type="email"
        required
        data-autofocus
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Radio.Group label="Role" value={role} onChange={setRole}>
        <Stack gap="sm" mt="xs">
          {roleChoices.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} description={roleMeans[value]} />
          ))}
        </Stack>
      </Radio.Group>
    </DialogForm>
  );
}
