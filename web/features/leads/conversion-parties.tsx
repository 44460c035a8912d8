import { Input, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import type { Contact } from "../../../shared/v1/contact.ts";
import type { Lead, LeadConversion } from "../../../shared/v1/lead.ts";
import { findContacts } from "../../lib/api/contacts.ts";
import { findOrganizations } from "../../lib/api/organizations.ts";
import { contactName } from "../../lib/contact-words.ts";
import { type Choice, SearchedSelect } from "./searched-select.tsx";

/** Whose the deal becomes. */
export type Parties = {
  organization: { way: "existing" | "new"; chosen: Choice | null; name: string };
  contact: { way: "own" | "existing"; chosen: Choice | null };
};

type Props = { lead: Lead; parties: Parties; onChange: (parties: Parties) => void };

export function partiesOf({ organization_id: id, organization }: Lead): Parties {
  const known = id === null ? null : { id, label: organization ?? "" };
  return { organization: { way: "existing", chosen: known, name: "" }, contact: { way: "own", chosen: null } };
}

/** What is as the lead says is left to the server. */
export function chosenParties({ organization, contact }: Parties, lead: Lead): LeadConversion {
  const { way, chosen, name } = organization;
  const isOther = way === "existing" && chosen !== null && chosen.id !== lead.organization_id;
  return {
    ...(isOther ? { organization_id: chosen.id } : {}),
    ...(way === "new" ? { organization: name.trim() } : {}),
    ...(contact.way === "existing" && contact.chosen !== null ? { contact_id: contact.chosen.id } : {}),
  };
}

/** Whether nothing is left to choose. */
export function areChosen({ organization, contact }: Parties): boolean {
  if (organization.way === "new" && organization.name.trim() === "") return false;
  return contact.way === "own" || contact.chosen !== null;
}

export function ConversionParties({ lead, parties, onChange }: Props) {
  return (
    <>
      <OrganizationChoice lead={lead} parties={parties} onChange={onChange} />
      <ContactChoice lead={lead} parties={parties} onChange={onChange} />
    </>
  );
}

function OrganizationChoice({ lead, parties, onChange }: Props) {
  const { organization } = parties;
  const set = (part: Partial<Parties["organization"]>) =>
    onChange({ ...parties, organization: { ...organization, ...part } });
  return (
    <Ways
      label="Organization"
      ways={[
        { value: "existing", label: "Existing organization" },
        { value: "new", label: "New organization" },
      ]}
      way={organization.way}
      onChange={(way) => set({ way })}
    >
      {organization.way === "new" ? (
        <TextInput
          label="Name of the new organization"
          maxLength={300}
          value={organization.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      ) : (
        <SearchedSelect
          label="Which organization"
          placeholder="None; search by name"
          clearable={lead.organization_id === null}
          find={organizationsWith}
          chosen={organization.chosen}
          onChoose={(chosen) => set({ chosen })}
        />
      )}
    </Ways>
  );
}

function ContactChoice({ lead, parties, onChange }: Props) {
  const { contact } = parties;
  const set = (part: Partial<Parties["contact"]>) => onChange({ ...parties, contact: { ...contact, ...part } });
  return (
    <Ways
      label="Contact"
      ways={[
        { value: "own", label: lead.contact_name || "The lead’s own" },
        { value: "existing", label: "Existing contact" },
      ]}
      way={contact.way}
      onChange={(way) => set({ way })}
    >
      {contact.way === "existing" && (
        <SearchedSelect
          label="Which contact"
          placeholder="Search name, number, mail"
          clearable={false}
          find={contactsWith}
          chosen={contact.chosen}
          onChoose={(chosen) => set({ chosen })}
        />
      )}
    </Ways>
  );
}

type WaysProps<Way extends string> = {
  label: string;
  ways: { value: Way; label: string }[];
  way: Way;
  children: ReactNode;
  onChange: (way: Way) => void;
};

/** One of two ways to name a party, and what that way asks for. */
function Ways<Way extends string>({ label, ways, way, children, onChange }: WaysProps<Way>) {
  const id = useId();
  return (
    <Stack gap={6}>
      <Input.Label id={id}>{label}</Input.Label>
      <SegmentedControl aria-labelledby={id} fullWidth data={ways} value={way} onChange={onChange} />
      {children}
    </Stack>
  );
}

async function organizationsWith(words: string, signal: AbortSignal): Promise<Choice[]> {
  return (await findOrganizations(words, signal)).map(({ id, name }) => ({ id, label: name }));
}

async function contactsWith(words: string, signal: AbortSignal): Promise<Choice[]> {
  return (await findContacts(words, signal)).map((contact) => ({ id: contact.id, label: reachedWords(contact) }));
}

/** Two people of one name are told apart by where they are reached. */
function reachedWords(contact: Contact): string {
  const { company, phone, email } = contact;
  return [...new Set([contactName(contact), company, phone ?? email])].filter(Boolean).join(" · ");
}
