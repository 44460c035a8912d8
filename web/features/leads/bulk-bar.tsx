import { ActionIcon, Button, Checkbox, Menu } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { stages } from "../../../shared/stages.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { bulkFilter, type LeadFilter } from "../../lib/api/leads.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { counted } from "../../lib/format-time.ts";
import { stageWords } from "../../lib/stage-words.ts";
import type { Selection } from "../../lib/use-selection.ts";
import classes from "./bulk-bar.module.css";
import { type BulkChange, useBulkChange } from "./use-bulk-change.ts";
import { WholeList } from "./whole-list.tsx";

type Props = {
  leads: Lead[];
  filter: LeadFilter;
  /** Whether the filter finds more than these. */
  hasMore: boolean;
  selection: Selection<Lead>;
};

/** How many are chosen, and what can be done with all of them; always there, so that choosing moves nothing. */
export function BulkBar({ leads, filter, hasMore, selection }: Props) {
  const { chosen, everything, choose } = selection;
  const { change, busy } = useBulkChange(choose);
  const all = chosen.length > 0 && chosen.length === leads.length;
  // Words are neither counted nor changed by: "all of them" would be more than what they found.
  const offersWhole = all && hasMore && filter.q.trim() === "";
  const words = chosenWords(leads, selection);
  const given = { chosen, filter: everything ? bulkFilter(filter) : undefined, busy, onChange: change };
  return (
    <>
      <section className={classes.bar} aria-label="Chosen leads">
        <Checkbox
          size="xs"
          classNames={{ root: classes.all, label: classes.label }}
          label={words}
          aria-label={`${words}: choose ${all ? "none" : "all"}`}
          disabled={leads.length === 0}
          checked={all}
          indeterminate={chosen.length > 0 && !all}
          onChange={() => choose(all ? [] : leads.map(({ id }) => id))}
        />
        {chosen.length > 0 && (
          <>
            <AssignMenu {...given} />
            <StageMenu {...given} />
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Choose none" onClick={() => choose([])}>
              <IconX size={16} />
            </ActionIcon>
          </>
        )}
      </section>
      {(everything || offersWhole) && <WholeList filter={filter} selection={selection} />}
    </>
  );
}

function chosenWords(leads: Lead[], { chosen, everything }: Selection<Lead>): string {
  if (everything) return "All chosen";
  return chosen.length === 0 ? `${counted(leads.length, "lead")} shown` : `${chosen.length} chosen`;
}

type MenuProps = {
  chosen: Lead[];
  filter: BulkChange["filter"];
  busy: boolean;
  onChange: (change: BulkChange) => void;
};

function AssignMenu({ chosen, filter, busy, onChange }: MenuProps) {
  const users = useQuery(usersQuery).data?.data ?? [];
  const give = (id: number | null, name: string | null) =>
    onChange({
      leads: chosen,
      filter,
      action: { action: "assign", owner_user_id: id },
      shown: { owner_user_id: id, owner_name: name },
      done: name === null ? "taken from their owners" : `given to ${name}`,
    });
  return (
    <BarMenu label="Assign" busy={busy}>
      {users.map(({ id, name }) => (
        <Menu.Item key={id} onClick={() => give(id, name)}>
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => give(null, null)}>Nobody</Menu.Item>
    </BarMenu>
  );
}

function StageMenu({ chosen, filter, busy, onChange }: MenuProps) {
  return (
    <BarMenu label="Move" busy={busy}>
      {stages.map((stage) => (
        <Menu.Item
          key={stage}
          onClick={() =>
            onChange({
              leads: chosen,
              filter,
              action: { action: "set_stage", stage },
              shown: { stage },
              done: `moved to ${stageWords[stage]}`,
            })
          }
        >
          {stageWords[stage]}
        </Menu.Item>
      ))}
    </BarMenu>
  );
}

function BarMenu({ label, busy, children }: { label: string; busy: boolean; children: ReactNode }) {
  return (
    <Menu position="bottom-end" shadow="md" width={200}>
      <Menu.Target>
        <Button size="compact-xs" variant="default" disabled={busy} rightSection={<IconChevronDown size={13} />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.choices}>{children}</Menu.Dropdown>
    </Menu>
  );
}
