import { VisuallyHidden } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconTargetArrow } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { CreateLead } from "../features/leads/create-lead.tsx";
import { LeadList } from "../features/leads/lead-list.tsx";
import { LeadPage } from "../features/leads/lead-page.tsx";
import { FilesSection } from "../features/person/files-section.tsx";
import { ScoreSection } from "../features/person/score-section.tsx";
import { TasksSection } from "../features/person/tasks-section.tsx";
import { TimelineSection } from "../features/person/timeline-section.tsx";
import { type LeadFilter, type LeadTab, leadQuery } from "../lib/api/leads.ts";
import { pages } from "../lib/paths.ts";
import { useKeys } from "../lib/use-keys.ts";
import { useMay } from "../lib/use-may.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { OpenConversation } from "./open-conversation.tsx";
import classes from "./split-page.module.css";

const route = getRouteApi("/signed-in/shell/leads");
const signedIn = getRouteApi("/signed-in");

/** The list of leads, and one lead's page beside. */
export function LeadsPage() {
  const { q = "", stage, mine = false, tab = "activity" } = route.useSearch();
  const { me } = signedIn.useRouteContext();
  const may = useMay();
  const [creating, setCreating] = useState(false);
  const navigate = useNavigate();
  const leadId = useLeadId();
  useTitle(leadId);
  const backToList = () => void navigate({ to: pages.leads, search: (search) => search });
  const openLead = (id: number) =>
    void navigate({ to: pages.lead, params: { leadId: String(id) }, search: (search) => search });
  const setFilter = ({ q: words, stage: chosen, ownerId }: LeadFilter) =>
    void navigate({
      to: ".",
      replace: true,
      search: (search) => ({
        ...search,
        q: words || undefined,
        stage: chosen,
        mine: ownerId === undefined ? undefined : true,
      }),
    });
  const setTab = (next: LeadTab) =>
    void navigate({ to: ".", search: (search) => ({ ...search, tab: next === "activity" ? undefined : next }) });
  const goBack = () => {
    if (leadId !== undefined) backToList();
  };
  useKeys({ Escape: goBack, n: () => may.write && setCreating(true) });
  const ownerId = mine && me.id !== null ? me.id : undefined;
  return (
    <div className={classes.page} data-shows={leadId === undefined ? "list" : "detail"}>
      <VisuallyHidden component="h1">Leads</VisuallyHidden>
      <section className={classes.list} aria-label="Lead list">
        <LeadList
          filter={{ q, stage, ownerId }}
          meId={me.id}
          selectedId={leadId}
          onChange={setFilter}
          onCreate={() => setCreating(true)}
        />
      </section>
      <section className={classes.detail} aria-label="Lead">
        {leadId === undefined ? (
          <EmptyState icon={IconTargetArrow} title="Choose a lead">
            j and k move through the list, Enter opens{may.write ? ", n writes a new one down" : ""}.
          </EmptyState>
        ) : (
          <LeadPage
            key={leadId}
            leadId={leadId}
            tab={tab}
            onTab={setTab}
            onBack={backToList}
            acts={(lead) => <OpenConversation contactId={lead.contact_id} />}
            timeline={(lead) => <TimelineSection contactId={lead.contact_id} />}
            tasks={(lead) => <TasksSection contactId={lead.contact_id} />}
            score={(lead) => (
              <>
                <ScoreSection contactId={lead.contact_id} />
                <FilesSection contactId={lead.contact_id} />
              </>
            )}
          />
        )}
      </section>
      <CreateLead
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(lead) => {
          setCreating(false);
          openLead(lead.id);
        }}
      />
    </div>
  );
}

/** The lead in the address; a word that is no number is none. */
function useLeadId(): number | undefined {
  const { leadId } = useParams({ strict: false });
  const id = Number(leadId);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function useTitle(leadId: number | undefined): void {
  const { data } = useQuery({ ...leadQuery(leadId ?? 0), enabled: leadId !== undefined });
  useDocumentTitle(leadId !== undefined && data ? `${data.code} ${data.contact_name} · Rapport` : "Leads · Rapport");
}
