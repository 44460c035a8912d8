import { Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Form } from "../../../shared/v1/form.ts";
import { createForm, saveForm } from "../../lib/api/forms.ts";
import { useMemberChoices } from "../../lib/use-member-choices.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { EditDialog, type Edited } from "./edit-dialog.tsx";
import { blankForm, bodyOf, draftOf, type FormDraft } from "./form-draft.ts";
import { FormFields } from "./form-fields.tsx";
import { useSaving } from "./use-saving.ts";

type Ends = { onClose: () => void; onCreated: (form: Form) => void };

export function FormEditor({ edited, ...ends }: { edited: Edited<Form> } & Ends) {
  return (
    <EditDialog edited={edited} titles={{ new: "New form", edit: "Edit the form" }} size="xl" onClose={ends.onClose}>
      {(form) => <Editor form={form} {...ends} />}
    </EditDialog>
  );
}

function Editor({ form, onClose, onCreated }: { form: Form | undefined } & Ends) {
  const [draft, setDraft] = useState<FormDraft>(form ? draftOf(form) : blankForm);
  const set = (part: Partial<FormDraft>) => setDraft((before) => ({ ...before, ...part }));
  const saving = useSaving({
    save: (key) => (form ? saveForm(form, bodyOf(draft)) : createForm(bodyOf(draft), key)),
    renews: "forms",
    done: (saved) => {
      if (!form) return onCreated(saved);
      showDone(`${saved.name} was saved.`);
      onClose();
    },
  });
  return (
    <DialogForm sending={saving} submit={form ? "Save" : "Create form"} onSubmit={saving.mutate}>
      <TextInput
        label="Name of the form"
        description="Its heading too."
        required
        maxLength={200}
        data-autofocus
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <FormFields fields={draft.fields} onChange={(fields) => set({ fields })} />
      <Consent draft={draft} onChange={set} />
      <Afterwards draft={draft} onChange={set} />
    </DialogForm>
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
  const members = useMemberChoices();
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
        data={members}
        value={draft.owner_user_id}
        onChange={(id) => onChange({ owner_user_id: id })}
      />
    </>
  );
}
