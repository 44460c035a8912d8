import { MultiSelect, Switch, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook } from "../../../shared/v1/webhook.ts";
import { createWebhook, saveWebhook, webhookEventTypesQuery } from "../../lib/api/webhooks.ts";
import { randomKey } from "../../lib/random-key.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { EditDialog, type Edited } from "./edit-dialog.tsx";
import { SecretShown } from "./secret-shown.tsx";
import { useSaving } from "./use-saving.ts";

export function WebhookForm({ edited, onClose }: { edited: Edited<Webhook>; onClose: () => void }) {
  return (
    <EditDialog edited={edited} titles={{ new: "New webhook", edit: "Edit the webhook" }} size="lg" onClose={onClose}>
      {(webhook) => <Content webhook={webhook} onClose={onClose} />}
    </EditDialog>
  );
}

function Content({ webhook, onClose }: { webhook: Webhook | undefined; onClose: () => void }) {
  const [url, setUrl] = useState(webhook?.url ?? "");
  const [description, setDescription] = useState(webhook?.description ?? "");
  const [types, setTypes] = useState<string[]>(webhook?.event_types ?? ["*"]);
  const saving = useSaving({
    save: async () => {
      const fields = { url: url.trim(), description: description.trim(), event_types: types };
      // A key for each try: repeated under its first one, it would come back without the secret.
      if (!webhook) return (await createWebhook(fields, randomKey())).secret ?? "";
      await saveWebhook(webhook, fields);
      return undefined;
    },
    renews: "webhooks",
    done: (secret) => {
      if (secret !== undefined) return;
      showDone("The webhook was saved.");
      onClose();
    },
  });
  if (saving.data !== undefined)
    return (
      <SecretShown label="Secret" secret={saving.data} onDone={onClose}>
        By it your system can tell that what comes is from here (Standard Webhooks, header webhook-signature).
      </SecretShown>
    );
  return (
    <DialogForm
      sending={saving}
      submit={webhook ? "Save" : "Add the webhook"}
      disabled={types.length === 0}
      onSubmit={saving.mutate}
    >
      <TextInput
        label="Address"
        placeholder="https://example.com/hooks/rapport"
        type="url"
        required
        maxLength={2_000}
        data-autofocus
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
    </DialogForm>
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
