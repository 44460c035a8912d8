import { Button, Checkbox, Group, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Form } from "../../../shared/v1/form.ts";
import { createForm, saveForm } from "../../lib/api/forms.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { randomKey } from "../../lib/random-key.ts";
import { FormProblem } from "../../ui/form-problem.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { blankForm, bodyOf, draftOf, type FormDraft } from "./form-draft.ts";
import { FormFields } from "./form-fields.tsx";

type Props = { edited: Form | "new" | undefined; onClose: () => void; onCreated: (form: Form) => void };

export function FormEditor({ edited, onClose, onCreated }: Props) {
  const narrow = useMediaQuery("(max-width: 767px)") ?? false;
  return (
    <Modal
      opened={edited !== undefined}
      onClose={onClose}
      title={edited === "new" ? "New form" : "Edit the form"}
      size="xl"
      centered
      fullScreen={narrow}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {edited && <Editor form={edited === "new" ? undefined : edited} onClose={onClose} onCreated={onCreated} />}
    </Modal>
  );
}

type EditorProps = { form: Form | undefined; onClose: () => void; onCreated: (form: Form) => void };

function Editor({ form, onClose, onCreated }: EditorProps) {
  const client = useQueryClient();
  const [key] = useState(randomKey);
  const [draft, setDraft] = useState<FormDraft>(form ? draftOf(form) : blankForm);
  const set = (part: Partial<FormDraft>) => setDraft((before) => ({ ...before, ...part }));
  const saving = useMutation({
    mutationFn: () => (form ? saveForm(form, bodyOf(draft)) : createForm(bodyOf(draft), key)),
    onSuccess: (saved) => {
      if (!form) return onCreated(saved);
      showDone(`${saved.name} was saved.`);
      onClose();
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ["forms"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name of the form"
          description="Its heading too."
          required
          maxLength={200}
          data-autofocus
          withAsterisk={false}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <FormFields fields={draft.fields} onChange={(fields) => set({ fields })} />
        <Consent draft={draft} onChange={set} />
        <Afterwards draft={draft} onChange={set} />
        <FormProblem error={saving.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            {form ? "Save" : "Create form"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type PartProps = { draft: FormDraft; onChange: (part: Partial<FormDraft>) => void };

function Consent({ draft, onChange }: PartProps) {
  return (
    <>
      <Textarea
        label="What they agree to"
        description="Shown with a box to tick, and kept with each submission as it stood. Empty: nothing is asked."
        placeholder="I agree to be contacted about my request by e-mail and WhatsApp."
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5_000}
        value={draft.consent_text}
        onChange={(event) => onChange({ consent_text: event.currentTarget.value })}
      />
      <Checkbox
        label="Nothing is taken without the tick"
        disabled={draft.consent_text.trim() === ""}
        checked={draft.consent_required && draft.consent_text.trim() !== ""}
        onChange={(event) => onChange({ consent_required: event.currentTarget.checked })}
      />
    </>
  );
}

function Afterwards({ draft, onChange }: PartProps) {
  const users = useQuery(usersQuery).data?.data ?? [];
  return (
    <>
      <Textarea
        label="Thanks"
        description="What they read afterwards."
        placeholder="Thank you. We will be in touch soon."
        autosize
        minRows={1}
        maxRows={5}
        maxLength={2_000}
        value={draft.thanks_text}
        onChange={(event) => onChange({ thanks_text: event.currentTarget.value })}
      />
      <TextInput
        label="Or a page of yours that they come to instead"
        placeholder="https://example.com/thanks"
        type="url"
        maxLength={2_000}
        value={draft.redirect_url}
        onChange={(event) => onChange({ redirect_url: event.currentTarget.value })}
      />
      <Select
        label="Whose the new leads are"
        placeholder="Nobody’s yet"
        clearable
        data={users.map(({ id, name, email }) => ({ value: String(id), label: name || email }))}
        value={draft.owner_user_id === null ? null : String(draft.owner_user_id)}
        onChange={(id) => onChange({ owner_user_id: id === null ? null : Number(id) })}
      />
    </>
  );
}
