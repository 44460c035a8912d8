import { Button, Group, Modal, MultiSelect, Stack, Switch, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { createWebhook, saveWebhook, webhookEventTypesQuery } from "../../lib/api/webhooks.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { SecretShown } from "./secret-shown.tsx";

type Props = { edited: Webhook | "new" | undefined; onClose: () => void };

export function WebhookForm({ edited, onClose }: Props) {
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === "new" ? "New webhook" : "Edit the webhook"}
      size="lg"
      centered
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {edited && <Content webhook={edited === "new" ? undefined : edited} onClose={onClose} />}
    </Modal>
  );
}

function Content({ webhook, onClose }: { webhook: Webhook | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [types, setTypes] = useState<string[]>(webhook?.event_types ?? ["*"]);
  const [secret, setSecret] = useState<string>();
  const saving = useMutation({
    mutationFn: async () => {
      const fields = { url: url.trim(), description: description.trim(), event_types: types };
      if (!webhook) return (await createWebhook(fields, randomKey())).secret;
      await saveWebhook(webhook, fields);
      return undefined;
    },
    onSuccess: (made) => {
      if (made !== undefined) return setSecret(made ?? "");
      showDone("The webhook was saved.");
      onClose();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["webhooks"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  if (secret !== undefined)
    return (
      <SecretShown label="Secret" secret={secret} onDone={onClose}>
        By it your system can tell that what comes is from here (Standard Webhooks, header webhook-signature).
      </SecretShown>
    );
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Address"
          placeholder="https://example.com/hooks/rapport"
          type="url"
          required
          maxLength={2_000}
          data-autofocus
          withAsterisk={false}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <TextInput
          label="What it is"
          placeholder="The shop’s stock"
          maxLength={500}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Events types={types} onChange={setTypes} />
        <FormProblem error={saving.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={types.length === 0}>
            {webhook ? "Save" : "Add the webhook"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Events({ types, onChange }: { types: string[]; onChange: (types: string[]) => void }) {
  const known = useQuery(webhookEventTypesQuery).data?.data ?? [];
  const all = types.includes("*");
  return (
    <>
      <Switch
        label="Tell it everything"
        checked={all}
        onChange={(event) => onChange(event.currentTarget.checked ? ["*"] : [])}
      />
      {!all && (
        <MultiSelect
          label="Only of these"
          searchable
          placeholder={types.length === 0 ? "lead.created, message.received…" : ""}
          maxDropdownHeight={260}
          data={known.map(({ type }) => type)}
          renderOption={({ option, checked = false }) => (
            <span>
              <b>{option.value}</b> {checked && <IconCheck size={14} style={{ verticalAlign: "-2px" }} aria-hidden />}
              <br />
              {known.find(({ type }) => type === option.value)?.description}
            </span>
          )}
          value={types}
          onChange={onChange}
        />
      )}
    </>
  );
}
