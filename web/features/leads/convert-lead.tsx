import { Modal, NumberInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Lead, LeadConversion } from "../../../shared/v1/lead.ts";
import { convertLead, leadQuery } from "../../lib/api/leads.ts";
import { randomKey } from "../../lib/random-key.ts";
import { DialogForm } from "../../ui/dialog-form.tsx";
import { showDone } from "../../ui/undo-toast.tsx";
import { areChosen, ConversionParties, chosenParties, partiesOf } from "./conversion-parties.tsx";

type Props = { lead: Lead; opened: boolean; onClose: () => void };

/** A lead becomes a deal of its person, once. */
export function ConvertLead({ lead, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Convert to Deal">
      {opened && <ConversionForm lead={lead} onDone={onClose} />}
    </Modal>
  );
}

function ConversionForm({ lead, onDone }: { lead: Lead; onDone: () => void }) {
  const [title, setTitle] = useState(lead.need?.slice(0, 120) ?? (lead.organization || lead.contact_name));
  const [value, setValue] = useState<number | "">(lead.estimated_value ?? lead.budget ?? "");
  const [closeOn, setCloseOn] = useState("");
  const [parties, setParties] = useState(() => partiesOf(lead));
  const [key] = useState(randomKey);
  const client = useQueryClient();
  const converting = useMutation({
    mutationFn: (choice: LeadConversion) => convertLead(lead.id, choice, key),
    onSuccess: (converted) => {
      client.setQueryData(leadQuery(lead.id).queryKey, converted.lead);
      showDone(`Deal ${converted.deal_id} opened.`);
      void client.invalidateQueries({ queryKey: ["leads"] });
      void client.invalidateQueries({ queryKey: ["contacts", lead.contact_id] });
      onDone();
    },
  });
  const submit = () =>
    converting.mutate({
      ...chosenParties(parties, lead),
      ...(title.trim() === "" ? {} : { title: title.trim() }),
      ...(value === "" ? {} : { value }),
      ...(closeOn === "" ? {} : { expected_close_on: closeOn }),
    });
  return (
    <DialogForm sending={converting} submit="Convert" disabled={!areChosen(parties)} gap="sm" onSubmit={submit}>
      <Text fz="sm" c="dimmed">
        The deal is opened for these, once; the lead becomes qualified.
      </Text>
      <ConversionParties lead={lead} parties={parties} onChange={setParties} />
      <TextInput
        label="Title"
        maxLength={500}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <NumberInput
        label="Value"
        min={0}
        decimalScale={2}
        thousandSeparator=","
        value={value}
        onChange={(next) => setValue(typeof next === "number" ? next : "")}
      />
      <TextInput
        label="Expected to close on"
        type="date"
        value={closeOn}
        onChange={(event) => setCloseOn(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
