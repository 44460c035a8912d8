import { Modal, NativeSelect, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Role, type Scope, scopes } from "../../../shared/roles.ts";
import { createApiKey } from "../../lib/api/api-keys.ts";
import { randomKey } from "../../lib/random-key.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { roleChoices, roleMeans, scopeWords } from "./settings-words.ts";
import { useSaving } from "./use-saving.ts";

type Props = { opened: boolean; onClose: () => void };

export function ApiKeyForm({ opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="New API key" size="lg" closeOnClickOutside={false}>
      {opened && <Content onClose={onClose} />}
    </Modal>
  );
}

const lifetimes = [
  { value: "", label: "Until it is revoked" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
];

function Content({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("manager");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("");
  const making = useSaving({
    save: () => {
      const end = days === "" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      // A key for each try: repeated under its first one, it would come back without the secret.
      return createApiKey({ name: name.trim(), role, scopes: upTo(scope), expires_at: end }, randomKey());
    },
    renews: "api-keys",
  });
  if (making.data)
    return (
      <SecretShown label={`Key “${making.data.name}”`} secret={making.data.key} onDone={onClose}>
        Send it as Authorization: Bearer, or in the header X-API-Key.
      </SecretShown>
    );
  return (
    <DialogForm sending={making} submit="Make the key" onSubmit={making.mutate}>
      <TextInput
        label="What it is for"
        placeholder="Web shop"
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label="It may" value={scope} onChange={setScope}>
        <Stack gap="xs" mt="xs">
          {scopes.map((known) => (
            <Radio key={known} value={known} label={scopeWords[known]} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="With the rights of"
        description={roleMeans[role]}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDeselect={false}
        data={roleChoices}
        value={role}
        onChange={(chosen) => setRole(chosen ?? role)}
      />
      <NativeSelect
        label="It works for"
        data={lifetimes}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** A scope includes the ones before it. */
function upTo(scope: Scope): Scope[] {
  return scopes.slice(0, scopes.indexOf(scope) + 1);
}
