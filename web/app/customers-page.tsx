import { VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconHeartHandshake } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { CustomerList } from "../features/customers/customer-list.tsx";
import { CustomerRecord } from "../features/customers/customer-record.tsx";
import { ProposeVisit } from "../features/customers/propose-visit.tsx";
import { FilesSection } from "../features/person/files-section.tsx";
import { PersonDetails } from "../features/person/person-details.tsx";
import { TasksSection } from "../features/person/tasks-section.tsx";
import { TimelineSection } from "../features/person/timeline-section.tsx";
import { contactQuery } from "../lib/api/contacts.ts";
import type { CustomerFilter } from "../lib/api/customers.ts";
import { contactName } from "../lib/contact-words.ts";
import { pages } from "../lib/paths.ts";
import { useKeys } from "../lib/use-keys.ts";
import { useMay } from "../lib/use-may.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { OpenConversation } from "./open-conversation.tsx";
import classes from "./split-page.module.css";

const route = getRouteApi("/signed-in/shell/customers");

/** The lists of customers, and one customer's record beside. */
export function CustomersPage() {
  const { q = "", list = "all" } = route.useSearch();
  const navigate = useNavigate();
  const contactId = useContactId();
  const may = useMay();
  useTitle(contactId);
  const backToList = () => void navigate({ to: pages.customers, search: (search) => search });
  const openConversation = (id: number) =>
    void navigate({ to: pages.conversation, params: { conversationId: String(id) } });
  const setFilter = (filter: CustomerFilter) =>
    void navigate({
      to: ".",
      replace: true,
      search: (search) => ({
        ...search,
        q: filter.q || undefined,
        list: filter.list === "all" ? undefined : filter.list,
      }),
    });
  const goBack = () => {
    if (contactId !== undefined) backToList();
  };
  useKeys({ Escape: goBack });
  return (
    <div className={classes.page} data-shows={contactId === undefined ? "list" : "detail"}>
      <VisuallyHidden component="h1">Customers</VisuallyHidden>
      <section className={classes.list} aria-label="Customer list">
        <CustomerList filter={{ q, list }} selectedId={contactId} onChange={setFilter} />
      </section>
      <section className={classes.detail} aria-label="Customer">
        {contactId === undefined ? (
          <EmptyState icon={IconHeartHandshake} title="Choose a customer">
            Visits, spending, rhythm, tags and points of one person stand here.
          </EmptyState>
        ) : (
          <CustomerRecord
            key={contactId}
            contactId={contactId}
            onBack={backToList}
            acts={() => (
              <>
                <OpenConversation contactId={contactId} />
                {may.write && <ProposeVisit contactId={contactId} onProposed={openConversation} />}
              </>
            )}
            left={<TimelineSection contactId={contactId} />}
            right={<Further contactId={contactId} />}
          />
        )}
      </section>
    </div>
  );
}

function Further({ contactId }: { contactId: number }) {
  const { data } = useQuery(contactQuery(contactId));
  return (
    <>
      <TasksSection contactId={contactId} />
      {data && <PersonDetails contact={data} />}
      <FilesSection contactId={contactId} />
    </>
  );
}

/** The person in the address; a word that is no number is none. */
function useContactId(): number | undefined {
  const { contactId } = useParams({ strict: false });
  const id = Number(contactId);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function useTitle(contactId: number | undefined): void {
  const { data } = useQuery({ ...contactQuery(contactId ?? 0), enabled: contactId !== undefined });
  useDocumentTitle(contactId !== undefined && data ? `${contactName(data)} · Rapport` : "Customers · Rapport");
}
