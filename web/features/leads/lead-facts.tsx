import { Button, Group, SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Lead } from "../../../shared/v1/lead.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { useMay } from "../../lib/use-may.ts";
import { Section } from "../../ui/section.tsx";
import classes from "./lead-page.module.css";
import { useLeadChange } from "./use-lead-change.ts";

const editable = [
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
  { name: "source", label: "Source" },
] as const;

type Name = (typeof editable)[number]["name"];

/** What is known of a lead, to read and to mend. */
export function LeadFacts({ lead }: { lead: Lead }) {
  const [draft, setDraft] = useState<Partial<Record<Name, string>>>();
  const change = useLeadChange(lead.id);
  const save = () => {
    const patch = Object.fromEntries(Object.entries(draft ?? {}).map(([name, text]) => [name, text.trim() || null]));
    if (Object.keys(patch).length > 0) change({ patch });
    setDraft(undefined);
  };
  if (draft === undefined) return <Facts lead={lead} onEdit={() => setDraft({})} />;
  return (
    <Section title="Details">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {editable.map(({ name, label }) => (
          <TextInput
            key={name}
            size="xs"
            label={label}
            maxLength={300}
            value={draft[name] ?? lead[name] ?? ""}
            onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      <Group justify="flex-end" mt="sm" gap="xs">
        <Button size="xs" variant="default" onClick={() => setDraft(undefined)}>
          Cancel
        </Button>
        <Button size="xs" onClick={save}>
          Save
        </Button>
      </Group>
    </Section>
  );
}

function Facts({ lead, onEdit }: { lead: Lead; onEdit: () => void }) {
  const may = useMay();
  const currency = lead.budget_currency ?? "USD";
  const facts: [string, string | null][] = [
    ...editable.map(({ name, label }): [string, string | null] => [label, lead[name] || null]),
    ["Gender", lead.gender || null],
    ["Annual revenue", lead.annual_revenue === null ? null : formatMoney(lead.annual_revenue, currency)],
    ["Estimated value", lead.estimated_value === null ? null : formatMoney(lead.estimated_value, currency)],
    ["Budget", lead.budget === null ? null : formatMoney(lead.budget, currency)],
    ["Need", lead.need],
    ["Notes", lead.notes || null],
  ];
  return (
    <Section
      title="Details"
      aside={
        may.write && (
          <Button size="compact-xs" variant="subtle" onClick={onEdit}>
            Edit
          </Button>
        )
      }
    >
      <dl className={classes.facts}>
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label} className={classes.fact}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}
