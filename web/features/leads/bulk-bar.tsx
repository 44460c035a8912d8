import { ActionIcon, Button, Checkbox, Menu } from "@mantine/core";
import { IconChevronDown, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { stages } from "../../../shared/stages.ts";
import type { Lead } from "../../../shared/v1/lead.ts";
import { usersQuery } from "../../lib/api/users.ts";
import { counted } from "../../lib/format-time.ts";
import { stageWords } from "../../lib/stage-words.ts";
import type { Selection } from "../../lib/use-selection.ts";
import classes from "./bulk-bar.module.css";
import { type BulkChange, useBulkChange } from "./use-bulk-change.ts";

type Props = { leads: Lead[]; selection: Selection<Lead> };

/** How many are chosen, and what can be done with all of them; always there, so that choosing moves nothing. */
export function BulkBar({ leads, selection }: Props) {
  const { chosen, choose } = selection;
  const { change, busy } = useBulkChange(choose);
  const all = chosen.length > 0 && chosen.length === leads.length;
  const words = chosen.length === 0 ? `${counted(leads.length, "lead")} shown` : `${chosen.length} chosen`;
  return (
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
          <AssignMenu chosen={chosen} busy={busy} onChange={change} />
          <StageMenu chosen={chosen} busy={busy} onChange={change} />
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Choose none" onClick={() => choose([])}>
            <IconX size={16} />
          </ActionIcon>
        </>
      )}
    </section>
  );
}

type MenuProps = { chosen: Lead[]; busy: boolean; onChange: (change: BulkChange) => void };

function AssignMenu({ chosen, busy, onChange }: MenuProps) {
  const users = useQuery(usersQuery).data?.data ?? [];
  const give = (id: number | null, name: string | null) =>
    onChange({
      leads: chosen,
      action: { action: "assign", owner_user_id: id },
      shown: { owner_user_id: id, owner_name: name },
      done: name === null ? "taken from their owners" : `given to ${name}`,
    });
  return (
    <BarMenu label="Assign" busy={busy}>
      {users.map(({ id, name, email }) => (
        <Menu.Item key={id} onClick={() => give(id, name || email)}>
          {name || email}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => give(null, null)}>Nobody</Menu.Item>
    </BarMenu>
  );
}

function StageMenu({ chosen, busy, onChange }: MenuProps) {
  return (
    <BarMenu label="Move" busy={busy}>
      {stages.map((stage) => (
        <Menu.Item
          key={stage}
          onClick={() =>
            onChange({
              leads: chosen,
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
