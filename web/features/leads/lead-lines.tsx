import { Button, Checkbox } from "@mantine/core";
import { IconSearchOff, IconTargetArrow } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { Lead } from "../../../shared/v1/lead.ts";
import { type LeadFilter, leadListQuery } from "../../lib/api/leads.ts";
import { dayName } from "../../lib/format-time.ts";
import { pages } from "../../lib/paths.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { useKeys } from "../../lib/use-keys.ts";
import { useMay } from "../../lib/use-may.ts";
import { useNow } from "../../lib/use-now.ts";
import { usePages } from "../../lib/use-pages.ts";
import { type Selection, useSelection } from "../../lib/use-selection.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ListRow, listRowClass } from "../../ui/list-row.tsx";
import { PagedRows } from "../../ui/paged-rows.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { Pill } from "../../ui/pill.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import classes from "./lead-list.module.css";
import { stageTones } from "./lead-words.ts";

type Props = {
  filter: LeadFilter;
  selectedId: number | undefined;
  onCreate: () => void;
};

const noLeads: Lead[] = [];

/** The leads of a filter, and what is done with several of them. */
export function LeadLines({ filter, selectedId, onCreate }: Props) {
  const may = useMay();
  const query = useInfiniteQuery(leadListQuery(filter));
  const { items: leads, more } = usePages(query, keyOf);
  const selection = useSelection(leads ?? noLeads, keyOf, JSON.stringify(filter));
  useChoiceKeys(selection, may.write);
  return (
    <>
      {may.write && (
        <BulkBar
          leads={leads ?? noLeads}
          filter={filter}
          hasMore={query.hasNextPage && filter.q === ""}
          selection={selection}
        />
      )}
      <PagedRows
        label="Leads"
        query={query}
        items={leads}
        none={<None filter={filter} onCreate={onCreate} />}
        rowHeight={72}
        keyOf={keyOf}
        selectedKey={selectedId}
        onEnd={more}
        row={(lead) => (
          <div className={classes.line} data-lead-id={lead.id} data-chosen={selection.has(lead.id) || undefined}>
            {may.write && <Tick lead={lead} selection={selection} />}
            <LeadLink lead={lead} isOpen={lead.id === selectedId} />
          </div>
        )}
      />
    </>
  );
}

function Tick({ lead, selection }: { lead: Lead; selection: Selection<Lead> }) {
  const id = useId();
  return (
    <label className={classes.tick} htmlFor={id}>
      <Checkbox
        id={id}
        size="xs"
        aria-label={`Choose ${lead.contact_name || lead.code}`}
        checked={selection.has(lead.id)}
        onChange={({ nativeEvent }) =>
          selection.toggle(lead.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey ? "range" : "one")
        }
      />
    </label>
  );
}

function LeadLink({ lead, isOpen }: { lead: Lead; isOpen: boolean }) {
  const now = useNow(60_000);
  return (
    <Link
      to={pages.lead}
      params={{ leadId: String(lead.id) }}
      search={(search) => search}
      className={listRowClass}
      aria-current={isOpen ? "true" : undefined}
    >
      <ListRow
        picture={<PersonAvatar name={lead.contact_name} seed={lead.contact_id} size={42} />}
        title={lead.contact_name || lead.phone || lead.code}
        aside={dayName(lead.created_at, now)}
        detail={[lead.code, lead.organization, lead.owner_name].filter(Boolean).join(" · ")}
        badge={<Pill tone={stageTones[lead.stage]}>{stageWords[lead.stage]}</Pill>}
      />
    </Link>
  );
}

/** x chooses the row that has the focus, X all from the last one up to it; Escape chooses none before it leaves the page. */
function useChoiceKeys(selection: Selection<Lead>, mayChange: boolean): void {
  const toggle = (reach: "one" | "range") => {
    const id = Number(document.activeElement?.closest("[data-lead-id]")?.getAttribute("data-lead-id"));
    if (mayChange && id > 0) selection.toggle(id, reach);
  };
  const one = () => toggle("one");
  const range = () => toggle("range");
  const none = (event: KeyboardEvent) => {
    if (selection.chosen.length === 0) return;
    event.preventDefault();
    selection.choose([]);
  };
  useKeys({ x: one, X: range, Escape: none });
}

function None({ filter, onCreate }: Pick<Props, "filter" | "onCreate">) {
  const may = useMay();
  if (filter.q !== "" || filter.stage || filter.ownerId !== undefined)
    return (
      <EmptyState icon={IconSearchOff} title="No lead found">
        Nothing fits the words, the stage and the owner together.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={IconTargetArrow}
      title="No lead yet"
      action={
        may.write && (
          <Button mt="xs" size="xs" onClick={onCreate}>
            Create Lead
          </Button>
        )
      }
    >
      Whoever writes for the first time becomes a lead by itself; others are written down here.
    </EmptyState>
  );
}

function keyOf({ id }: Lead): number {
  return id;
}
