import { Button, Checkbox, Group, Select } from "@mantine/core";
import { IconPlus, IconSearchOff, IconTargetArrow } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { stages } from "../../../shared/stages.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { type LeadFilter, leadListQuery } from "../../lib/api/leads.ts";
import { dayName } from "../../lib/format-time.ts";
import { pages } from "../../lib/paths.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { useNow } from "../../lib/use-now.ts";
import { usePages } from "../../lib/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { ListRow, listRowClass } from "../../ui/list-row.tsx";
import { ListSkeleton } from "../../ui/list-skeleton.tsx";
import { PersonAvatar } from "../../ui/person-avatar.tsx";
import { Pill } from "../../ui/pill.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import classes from "./lead-list.module.css";
import { stageTones } from "./lead-words.ts";

type Props = {
  filter: LeadFilter;
  /** Who looks; an API key is nobody. */
  meId: number | null;
  selectedId: number | undefined;
  onChange: (filter: LeadFilter) => void;
  onCreate: () => void;
};

/** All leads, newest first, by words, stage and owner. */
export function LeadList({ filter, meId, selectedId, onChange, onCreate }: Props) {
  return (
    <>
      <search className={classes.filter}>
        <Group gap="xs" wrap="nowrap">
          <div className={classes.search}>
            <SearchField
              label="Search leads"
              placeholder="Search name, number, LEAD-001"
              value={filter.q}
              onChange={(q) => onChange({ ...filter, q })}
            />
          </div>
          <Button size="sm" leftSection={<IconPlus size={16} />} onClick={onCreate}>
            New lead
          </Button>
        </Group>
        <Group gap="sm" wrap="nowrap">
          <Select
            className={classes.search}
            size="xs"
            aria-label="Stage of the leads"
            placeholder="All stages"
            clearable
            data={stages.map((stage) => ({ value: stage, label: stageWords[stage] }))}
            value={filter.stage ?? null}
            onChange={(word) => onChange({ ...filter, stage: stages.find((stage) => stage === word) })}
          />
          {meId !== null && (
            <Checkbox
              size="xs"
              label="Only mine"
              checked={filter.ownerId === meId}
              onChange={(event) => onChange({ ...filter, ownerId: event.currentTarget.checked ? meId : undefined })}
            />
          )}
        </Group>
      </search>
      <Lines filter={filter} selectedId={selectedId} onCreate={onCreate} />
    </>
  );
}

function Lines({ filter, selectedId, onCreate }: Pick<Props, "filter" | "selectedId" | "onCreate">) {
  const query = useInfiniteQuery(leadListQuery(filter));
  const now = useNow(60_000);
  const { items: leads, more } = usePages(query, keyOf);
  if (query.isError && !leads)
    return <ErrorState what="The leads" error={query.error} onRetry={() => void query.refetch()} />;
  if (!leads) return <ListSkeleton label="Loading leads" />;
  if (leads.length === 0) return <None filter={filter} onCreate={onCreate} />;
  return (
    <VirtualRows
      label="Leads"
      items={leads}
      rowHeight={72}
      keyOf={keyOf}
      selectedKey={selectedId}
      onEnd={more}
      row={(lead) => (
        <Link
          to={pages.lead}
          params={{ leadId: String(lead.id) }}
          search={(search) => search}
          className={listRowClass}
          aria-current={lead.id === selectedId ? "true" : undefined}
        >
          <ListRow
            picture={<PersonAvatar name={lead.contact_name} seed={lead.contact_id} size={42} />}
            title={lead.contact_name || lead.phone || lead.code}
            aside={dayName(lead.created_at, now)}
            detail={[lead.code, lead.organization, lead.owner_name].filter(Boolean).join(" · ")}
            badge={<Pill tone={stageTones[lead.stage]}>{stageWords[lead.stage]}</Pill>}
          />
        </Link>
      )}
    />
  );
}

function None({ filter, onCreate }: Pick<Props, "filter" | "onCreate">) {
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
        <Button mt="xs" size="xs" onClick={onCreate}>
          New lead
        </Button>
      }
    >
      Whoever writes for the first time becomes a lead by itself; others are written down here.
    </EmptyState>
  );
}

function keyOf({ id }: Lead): number {
  return id;
}
