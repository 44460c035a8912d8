import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Contact } from "../../../shared/v1/contact.ts";
import { visitsQuery } from "../../lib/api/booking.ts";
import { contactQuery } from "../../lib/api/contacts.ts";
import { recordQuery } from "../../lib/api/customers.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import classes from "../../ui/two-columns.module.css";
import { LoyaltySection } from "./loyalty-section.tsx";
import { RecordFigures } from "./record-figures.tsx";
import { RecordHead } from "./record-head.tsx";
import { RecordNotes } from "./record-notes.tsx";
import { TagsSection } from "./tags-section.tsx";
import { VisitsSection } from "./visits-section.tsx";

type Props = {
  contactId: number;
  onBack: () => void;
  /** Acts at the head of the record. */
  acts?: (contact: Contact) => ReactNode;
  /** What other parts of the product know of the person. */
  left: ReactNode;
  right: ReactNode;
};

/** Everything about a customer: figures, visits, notes, tags, points, and what others add. */
export function CustomerRecord({ contactId, onBack, acts, left, right }: Props) {
  const contact = useQuery(contactQuery(contactId));
  const record = useQuery(recordQuery(contactId));
  const visits = useQuery(visitsQuery(contactId));
  const failed = [contact, record].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState what="The record" error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!contact.data || !record.data) return <Loading />;
  return (
    <div className={classes.page}>
      <RecordHead contact={contact.data} record={record.data} onBack={onBack}>
        {acts?.(contact.data)}
      </RecordHead>
      <RecordFigures record={record.data} visits={visits.data?.data ?? (visits.isError ? [] : undefined)} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <div className={classes.panel}>
            <VisitsSection contactId={contactId} />
          </div>
          <div className={classes.panel}>{left}</div>
        </div>
        <div className={classes.column}>
          <div className={classes.panel}>
            <RecordNotes record={record.data} />
            <TagsSection contactId={contactId} />
            <LoyaltySection contactId={contactId} />
            {right}
          </div>
        </div>
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.page} role="status" aria-busy="true" aria-label="Loading the record">
      <Skeleton height={56} />
      <Skeleton height={64} />
      <Skeleton height={240} />
    </div>
  );
}
