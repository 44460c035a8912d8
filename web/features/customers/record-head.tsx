import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import type { Contact } from "../../../shared/v1/contact.ts";
import type { CustomerRecord } from "../../../shared/v1/customer.ts";
import { contactName } from "../../lib/contact-words.ts";
import { useMay } from "../../lib/use-may.ts";
import { PersonHead } from "../../ui/person-head.tsx";
import { Pill } from "../../ui/pill.tsx";
import { customerStatuses } from "./customer-words.ts";
import { useRecordChange } from "./use-record-change.ts";

type Props = { contact: Contact; record: CustomerRecord; onBack: () => void; children?: ReactNode };

export function RecordHead({ contact, record, onBack, children }: Props) {
  const may = useMay();
  const change = useRecordChange(contact.id);
  const reached = [contact.phone, contact.email].filter(Boolean).join(" · ");
  return (
    <PersonHead
      person={contact}
      title={contactName(contact)}
      detail={reached || "No phone number, no mail address"}
      onBack={onBack}
    >
      {may.write ? (
        <Select
          aria-label="Customer status"
          w={140}
          allowDeselect={false}
          data={customerStatuses}
          value={record.customer_status}
          onChange={(status) => {
            if (status && status !== record.customer_status) change(record, { customer_status: status });
          }}
        />
      ) : (
        <Pill>{customerStatuses.find(({ value }) => value === record.customer_status)?.label}</Pill>
      )}
      {children}
    </PersonHead>
  );
}
