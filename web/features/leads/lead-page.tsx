import { Skeleton, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Lead } from "../../../shared/v1/lead.ts";
import { type LeadTab, leadQuery, leadTabs } from "../../lib/api/leads.ts";
import { useMay } from "../../lib/use-may.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import layout from "../../ui/two-columns.module.css";
import { CallsTab } from "./calls-tab.tsx";
import { EmailsTab } from "./emails-tab.tsx";
import { LeadFacts } from "./lead-facts.tsx";
import { LeadHead } from "./lead-head.tsx";
import classes from "./lead-page.module.css";
import { NotesTab } from "./notes-tab.tsx";
import { NewTask } from "./task-form.tsx";

type Props = {
  leadId: number;
  tab: LeadTab;
  onTab: (tab: LeadTab) => void;
  onBack: () => void;
  /** What other parts of the product know of the lead's person. */
  acts: (lead: Lead) => ReactNode;
  timeline: (lead: Lead) => ReactNode;
  tasks: (lead: Lead) => ReactNode;
  score: (lead: Lead) => ReactNode;
};

const tabWords: Record<LeadTab, string> = {
  activity: "Activity",
  emails: "Emails",
  calls: "Calls",
  tasks: "Tasks",
  notes: "Notes",
};

/** One lead: who, how far, whose, and everything that was said and done. */
export function LeadPage({ leadId, tab, onTab, onBack, acts, timeline, tasks, score }: Props) {
  const may = useMay();
  const { data: lead, isError, error, refetch } = useQuery(leadQuery(leadId));
  if (!lead && isError) return <ErrorState what="The lead" error={error} onRetry={() => void refetch()} />;
  if (!lead) return <Loading />;
  return (
    <div className={layout.page}>
      <LeadHead lead={lead} onBack={onBack}>
        {acts(lead)}
      </LeadHead>
      <div className={layout.columns}>
        <div className={layout.panel}>
          <Tabs value={tab} onChange={(word) => onTab(leadTabs.find((known) => known === word) ?? "activity")}>
            <Tabs.List className={classes.tabs}>
              {leadTabs.map((each) => (
                <Tabs.Tab key={each} value={each}>
                  {tabWords[each]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
          <div className={classes.tabBody}>
            {tab === "activity" && timeline(lead)}
            {tab === "emails" && <EmailsTab lead={lead} />}
            {tab === "calls" && <CallsTab lead={lead} />}
            {tab === "tasks" && (
              <>
                {may.write && <NewTask lead={lead} />}
                {tasks(lead)}
              </>
            )}
            {tab === "notes" && <NotesTab lead={lead} />}
          </div>
        </div>
        <div className={layout.panel}>
          <LeadFacts lead={lead} />
          {score(lead)}
        </div>
      </div>
    </div>
  );
}

function Loading() {
  return (
    <div className={layout.page} role="status" aria-busy="true" aria-label="Loading the lead">
      <Skeleton height={56} />
      <Skeleton height={320} />
    </div>
  );
}
