import { ActionIcon, Button, Popover, Select, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconX } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NewSimulatorFailure, SimulatorFailure, SimulatorFailures } from "../../../shared/v1/simulator.ts";
import { wordsOf } from "../../lib/api/api-error.ts";
import { endAllFailures, endFailure, makeWhatsAppFail, simulatorFailuresQuery } from "../../lib/api/simulator.ts";
import { showProblem } from "../../ui/undo-toast.tsx";
import classes from "./failure-panel.module.css";

const howOften = [
  { value: "1", label: "the next message" },
  { value: "3", label: "the next three messages" },
  { value: "all", label: "every message until I stop it" },
];

/** WhatsApp asked to fail, in words. */
export function FailurePanel() {
  const [opened, setOpened] = useState(false);
  const failures = useQuery({
    ...simulatorFailuresQuery(),
    // Closed, it only watches the failures that it knows of run out.
    enabled: (query) => opened || (query.state.data?.data.length ?? 0) > 0,
  });
  const active = failures.data?.data ?? [];
  return (
    <Popover opened={opened} onChange={setOpened} width={330} position="bottom-end" trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color={active.length > 0 ? "red" : "gray"}
          leftSection={<IconAlertTriangle size={14} />}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {active.length > 0 ? `WhatsApp fails (${active.length})` : "Make WhatsApp fail"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Make WhatsApp fail">
        {failures.data ? <Choice failures={failures.data} /> : <Text fz="sm">{stateOf(failures.error)}</Text>}
      </Popover.Dropdown>
    </Popover>
  );
}

function Choice({ failures }: { failures: SimulatorFailures }) {
  const { data: active, presets } = failures;
  const [kind, setKind] = useState("131047");
  const [times, setTimes] = useState("1");
  const change = useFailureChange();
  const wanted: NewSimulatorFailure = { kind, ...(times === "all" ? {} : { count: Number(times) }) };
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label="What goes wrong"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={presets.map((preset) => ({ value: preset.kind, label: labelOf(preset) }))}
        value={kind}
        onChange={(value) => value && setKind(value)}
      />
      <Select
        size="xs"
        label="For"
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        data={howOften}
        value={times}
        onChange={(value) => value && setTimes(value)}
      />
      <Button size="xs" onClick={() => void change(() => makeWhatsAppFail(wanted))}>
        Make it fail
      </Button>
      {active.length > 0 && <Active failures={failures} />}
      {/* Also with none under way: one that came once may have stopped the number for good. */}
      <Button size="compact-xs" variant="light" onClick={() => void change(endAllFailures)}>
        Let everything work again
      </Button>
    </Stack>
  );
}

function Active({ failures }: { failures: SimulatorFailures }) {
  const { data: active, presets } = failures;
  const change = useFailureChange();
  return (
    <ul className={classes.active} aria-label="Failures under way">
      {active.map((failure) => (
        <li key={failure.id} className={classes.item}>
          <span>{words(failure, presets)}</span>
          <ActionIcon
            size={22}
            variant="subtle"
            color="gray"
            aria-label={`Stop: ${words(failure, presets)}`}
            onClick={() => void change(() => endFailure(failure.id))}
          >
            <IconX size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function useFailureChange() {
  const client = useQueryClient();
  return async (change: () => Promise<unknown>) => {
    await change().catch((error: unknown) => showProblem("That did not work", wordsOf(error)));
    await client.invalidateQueries(simulatorFailuresQuery());
  };
}

function labelOf({ kind, label }: { kind: string; label: string }): string {
  return /^\d+$/.test(kind) ? `${label} (${kind})` : label;
}

function words({ kind, remaining }: SimulatorFailure, presets: SimulatorFailures["presets"]): string {
  const label = presets.find((preset) => preset.kind === kind)?.label ?? `Error ${kind}`;
  return remaining === null ? `${label}, until stopped` : `${label}, ${remaining} more`;
}

function stateOf(error: Error | null): string {
  return error ? wordsOf(error) : "One moment…";
}
