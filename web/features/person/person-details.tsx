import { Anchor, CopyButton, Tooltip, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Contact } from "../../../shared/v1/contact.ts";
import { contactTagsQuery, leadsQuery } from "../../lib/api/contacts.ts";
import { phoneWords } from "../../lib/contact-words.ts";
import { formatMoney } from "../../lib/format-money.ts";
import { Pill } from "../../ui/pill.tsx";
import { Section } from "../../ui/section.tsx";
import classes from "./person-details.module.css";

/** What is known of the person; what is not known stays away. */
export function PersonDetails({ contact }: { contact: Contact }) {
  const tags = useQuery(contactTagsQuery(contact.id)).data?.data ?? [];
  const lead = useQuery(leadsQuery(contact.id)).data?.data[0];
  return (
    <Section title="Details">
      <dl className={classes.list}>
        <Field label="Phone">{contact.phone ? <Copied value={contact.phone} /> : phoneWords(null)}</Field>
        <Field label="E-mail">
          {contact.email && (
            <Anchor href={`mailto:${contact.email}`} fz="sm" c="var(--accent-ink)">
              {contact.email}
            </Anchor>
          )}
        </Field>
        <Field label="Company">{contact.company}</Field>
        <Field label="Position">{contact.position}</Field>
        <Field label="Need">{lead?.need}</Field>
        <Field label="Budget">{lead?.budget && formatMoney(lead.budget, lead.budget_currency ?? "")}</Field>
        <Field label="Source">{contact.source}</Field>
        <Field label="Tags">
          {tags.length > 0 && (
            <span className={classes.tags}>
              {tags.map((tag) => (
                <Pill key={tag.tag_id}>{tag.name}</Pill>
              ))}
            </span>
          )}
        </Field>
      </dl>
    </Section>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className={classes.field}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Copied({ value }: { value: string }) {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : "Copy"} openDelay={200}>
          <UnstyledButton fz="sm" onClick={copy}>
            {value}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
