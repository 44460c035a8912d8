import { Button, Group, Modal, NativeSelect, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { roles, scopes } from "../../../shared/roles.ts";
import { createApiKey } from "../../lib/api/api-keys.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { type Role, roleMeans, roleWords, type Scope, scopeWords } from "./settings-words.ts";

type Props = { opened: boolean; onClose: () => void };

export function ApiKeyForm({ opened, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="New API key"
      size="lg"
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
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
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("manager");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("");
  const making = useMutation({
    mutationFn: () => {
      const end = days === "" ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
      return createApiKey({ name: name.trim(), role, scopes: upTo(scope), expires_at: end }, randomKey());
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  if (making.data)
    return (
      <SecretShown label={`Key “${making.data.name}”`} secret={making.data.key} onDone={onClose}>
        Send it as Authorization: Bearer, or in the header X-API-Key.
      </SecretShown>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="What it is for"
          placeholder="Web shop"
          required
          maxLength={200}
          data-autofocus
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group
          label="It may"
          value={scope}
          onChange={(word) => setScope(scopes.find((known) => known === word) ?? scope)}
        >
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
          data={roles.map((known) => ({ value: known, label: roleWords[known] }))}
          value={role}
          onChange={(word) => setRole(roles.find((known) => known === word) ?? role)}
        />
        <NativeSelect
          label="It works for"
          data={lifetimes}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        <FormProblem error={making.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={making.isPending}>
            Make the key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A scope includes the ones before it. */
function upTo(scope: Scope): Scope[] {
  return scopes.slice(0, scopes.indexOf(scope) + 1);
}
