import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Lead, NewLead } from "../../../shared/v1/lead.ts";
import { ApiError } from "../../lib/api/api-error.ts";
import { createLead } from "../../lib/api/leads.ts";
import { randomKey } from "../../lib/random-key.ts";
import { useMemberChoices } from "../../lib/use-member-choices.ts";
import { showDone } from "../../ui/undo-toast.tsx";
import classes from "./create-lead.module.css";
import { CreationRefused } from "./creation-refused.tsx";

type Props = { opened: boolean; onClose: () => void; onCreated: (lead: Lead) => void };

export function CreateLead({ opened, onClose, onCreated }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Create Lead" size="lg">
      {opened && <LeadForm onCreated={onCreated} onClose={onClose} />}
    </Modal>
  );
}

const texts = [
  { name: "first_name", label: "First name" },
  { name: "last_name", label: "Last name" },
  { name: "email", label: "E-mail" },
  { name: "phone", label: "Phone" },
  { name: "organization", label: "Organization" },
  { name: "job_title", label: "Job title" },
  { name: "website", label: "Website" },
  { name: "industry", label: "Industry" },
  { name: "employees", label: "Employees" },
  { name: "territory", label: "Territory" },
] as const;

const sources = ["website", "referral", "linkedin", "facebook_ads", "google_ads", "walk_in", "whatsapp"];

function LeadForm({ onCreated, onClose }: Pick<Props, "onCreated" | "onClose">) {
  const [draft, setDraft] = useState<NewLead>({});
  const [key] = useState(randomKey);
  const client = useQueryClient();
  const members = useMemberChoices();
  const creating = useMutation({
    mutationFn: () => createLead(draft, key),
    onSuccess: (lead) => {
      showDone(`${lead.code} created.`);
      void client.invalidateQueries({ queryKey: ["leads"] });
      onCreated(lead);
    },
  });
  const set = (part: NewLead) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    creating.mutate();
  };
  const problems = creating.error instanceof ApiError ? creating.error.problems : [];
  const problemOf = (name: string) => problems.find(({ path }) => path === name)?.message;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select
            label="Salutation"
            clearable
            data={["Mr", "Ms", "Mrs", "Mx", "Dr", "Prof"]}
            value={draft.salutation ?? null}
            onChange={(salutation) => set({ salutation })}
          />
          <Select
            label="Gender"
            clearable
            data={["Female", "Male", "Other"]}
            value={draft.gender ?? null}
            onChange={(gender) => set({ gender })}
          />
          {texts.map(({ name, label }) => (
            <TextInput
              key={name}
              label={label}
              data-autofocus={name === "first_name" || undefined}
              maxLength={300}
              value={draft[name] ?? ""}
              error={problemOf(name)}
              onChange={(event) => set({ [name]: event.currentTarget.value || null })}
            />
          ))}
          <NumberInput
            label="Annual revenue"
            min={0}
            thousandSeparator=","
            onChange={(value) => set({ annual_revenue: typeof value === "number" ? value : null })}
          />
          <Select
            label="Source"
            clearable
            searchable
            data={sources}
            value={draft.source ?? null}
            onChange={(source) => set({ source })}
          />
          <Select
            label="Owner"
            placeholder="Nobody yet"
            clearable
            data={members}
            value={draft.owner_user_id ?? null}
            onChange={(id) => set({ owner_user_id: id })}
          />
        </SimpleGrid>
        <Textarea
          label="What they need"
          autosize
          minRows={2}
          maxRows={6}
          value={draft.need ?? ""}
          onChange={(event) => set({ need: event.currentTarget.value || null })}
        />
        <div className={classes.foot}>
          {creating.isError && <CreationRefused error={creating.error} onLeave={onClose} />}
          <Group justify="flex-end">
            <Button type="submit" loading={creating.isPending}>
              Create Lead
            </Button>
          </Group>
        </div>
      </Stack>
    </form>
  );
}
