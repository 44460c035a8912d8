import { VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconMessages } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { Composer } from "../features/composer/composer.tsx";
import { ConversationList } from "../features/conversations/conversation-list.tsx";
import { ListFilter } from "../features/conversations/list-filter.tsx";
import { PersonCard } from "../features/person/person-card.tsx";
import { Thread } from "../features/thread/thread.tsx";
import { type ConversationFilter, conversationQuery } from "../lib/api/conversations.ts";
import { contactName } from "../lib/contact-words.ts";
import { pages } from "../lib/paths.ts";
import { useKeys } from "../lib/use-keys.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import classes from "./inbox-page.module.css";

const route = getRouteApi("/signed-in/shell/inbox");

/** List, thread and person: three columns, or one after the other on a phone. */
export function InboxPage() {
  const { q = "", status = "open", pane } = route.useSearch();
  const navigate = useNavigate();
  const conversationId = useConversationId();
  useInboxTitle(conversationId);
  const backToList = () => void navigate({ to: pages.inbox, search: (search) => ({ ...search, pane: undefined }) });
  const showPane = (next: "person" | undefined) =>
    void navigate({ to: ".", search: (search) => ({ ...search, pane: next }) });
  const togglePerson = () => showPane(pane === "person" ? undefined : "person");
  const setFilter = (filter: ConversationFilter) =>
    void navigate({
      to: ".",
      replace: true,
      search: (search) => ({
        ...search,
        q: filter.q || undefined,
        status: filter.status === "open" ? undefined : filter.status,
      }),
    });
  const goBack = () => {
    if (pane === "person") return showPane(undefined);
    if (conversationId !== undefined) backToList();
  };
  useKeys({ Escape: goBack, i: () => conversationId !== undefined && togglePerson() });
  return (
    <div className={classes.inbox} data-shows={shows(conversationId, pane)}>
      <VisuallyHidden component="h1">Inbox</VisuallyHidden>
      <section className={classes.list} aria-label="Conversation list">
        <ListFilter filter={{ q, status }} onChange={setFilter} />
        <ConversationList
          filter={{ q, status }}
          selectedId={conversationId}
          onShowAll={() => setFilter({ q: "", status: "all" })}
          onOpenSimulator={() => void navigate({ to: ".", search: (search) => ({ ...search, phone: true }) })}
        />
      </section>
      <section className={classes.thread} aria-label="Conversation">
        {conversationId === undefined ? (
          <EmptyState icon={IconMessages} title="Choose a conversation">
            j and k move through the list, Enter opens, ? shows all shortcuts.
          </EmptyState>
        ) : (
          <Thread
            key={conversationId}
            conversationId={conversationId}
            personShown={pane === "person"}
            onBack={backToList}
            onTogglePerson={togglePerson}
          >
            <Composer key={conversationId} conversationId={conversationId} />
          </Thread>
        )}
      </section>
      {conversationId !== undefined && <Person conversationId={conversationId} onClose={() => showPane(undefined)} />}
    </div>
  );
}

function Person({ conversationId, onClose }: { conversationId: number; onClose: () => void }) {
  const { data, isError } = useQuery(conversationQuery(conversationId));
  if (!data && isError) return null;
  return (
    <aside className={classes.person} aria-label="Person">
      <PersonCard contactId={data?.contact_id} onClose={onClose} />
    </aside>
  );
}

/** The conversation in the address; a word that is no number is none. */
function useConversationId(): number | undefined {
  const { conversationId } = useParams({ strict: false });
  const id = Number(conversationId);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function useInboxTitle(conversationId: number | undefined): void {
  const { data } = useQuery({ ...conversationQuery(conversationId ?? 0), enabled: conversationId !== undefined });
  useDocumentTitle(conversationId !== undefined && data ? `${contactName(data.contact)} · Rapport` : "Inbox · Rapport");
}

function shows(conversationId: number | undefined, pane: "person" | undefined): "list" | "thread" | "person" {
  if (conversationId === undefined) return "list";
  return pane ?? "thread";
}
