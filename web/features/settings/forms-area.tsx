import { Switch } from "@mantine/core";
import { IconForms } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Form } from "../../../shared/v1/form.ts";
import { deleteForm, formsQuery, saveForm } from "../../lib/api/forms.ts";
import { counted } from "../../lib/format-time.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { ListArea } from "./area.tsx";
import { ConfirmButton } from "./confirm-button.tsx";
import type { Edited } from "./edit-dialog.tsx";
import { FormEditor } from "./form-editor.tsx";
import { FormShare } from "./form-share.tsx";
import { Item, ItemButton } from "./item.tsx";
import { useAct } from "./use-act.ts";

/** Public forms: who fills one in becomes a lead. */
export function FormsArea() {
  const forms = useQuery(formsQuery);
  const [edited, setEdited] = useState<Edited<Form>>();
  const [shared, setShared] = useState<Form>();
  return (
    <ListArea
      title="Forms"
      intro="A form has a page of its own and can stand on yours. Whoever fills it in becomes a lead with a task, and what they agreed to is kept as it stood."
      what="The forms"
      query={forms}
      make="New form"
      onMake={() => setEdited("new")}
      none={
        <EmptyState icon={IconForms} title="No form yet">
          Make one, put its link or its few lines of HTML on your page, and leads come by themselves.
        </EmptyState>
      }
      row={(form) => <Row form={form} onEdit={() => setEdited(form)} onShare={() => setShared(form)} />}
    >
      <FormEditor
        edited={edited}
        onClose={() => setEdited(undefined)}
        onCreated={(form) => {
          setEdited(undefined);
          setShared(form);
        }}
      />
      <FormShare form={shared} onClose={() => setShared(undefined)} />
    </ListArea>
  );
}

function Row({ form, onEdit, onShare }: { form: Form; onEdit: () => void; onShare: () => void }) {
  const turn = useAct({
    run: (active: boolean) => saveForm(form, { active }),
    renews: "forms",
    failed: `${form.name} was not changed`,
  });
  const remove = useAct({
    run: () => deleteForm(form.id),
    renews: "forms",
    failed: `${form.name} was not deleted`,
    done: () => showDone(`The form ${form.name} is gone.`),
  });
  const active = turn.isPending ? turn.variables : form.active;
  const asks = form.fields.map(({ label }) => label).join(", ");
  return (
    <Item
      title={form.name}
      detail={`${counted(form.fields.length, "field")}: ${asks}`}
      actions={
        <>
          <Switch
            label={active ? "On" : "Off"}
            aria-label={`${active ? "On" : "Off"}: ${form.name} takes submissions`}
            checked={active}
            onChange={(event) => {
              if (!turn.isPending) turn.mutate(event.currentTarget.checked);
            }}
          />
          <ItemButton label="Share" of={form.name} onClick={onShare} />
          <ItemButton label="Edit" of={form.name} onClick={onEdit} />
          <ConfirmButton
            label="Delete"
            title={`Delete ${form.name}?`}
            busy={remove.isPending}
            onConfirm={remove.mutate}
          >
            Its address stops working and its submissions are deleted. People and leads that came by it stay. Turn it
            off instead if you may want it again.
          </ConfirmButton>
        </>
      }
    />
  );
}
