import { Button, Checkbox, Group, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { stages } from "../../../shared/stages.ts";
import type { LeadFilter } from "../../lib/api/leads.ts";
import { stageWords } from "../../lib/stage-words.ts";
import { useMay } from "../../lib/use-may.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { LeadLines } from "./lead-lines.tsx";
import classes from "./lead-list.module.css";

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
  const may = useMay();
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
          {may.write && (
            <Button size="sm" leftSection={<IconPlus size={16} />} onClick={onCreate}>
              Create Lead
            </Button>
          )}
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
      <LeadLines filter={filter} selectedId={selectedId} onCreate={onCreate} />
    </>
  );
}
