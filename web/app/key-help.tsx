import { Kbd, Modal, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { setSingleKeys, singleKeysEnabled } from "../lib/single-keys.ts";
import { useMay } from "../lib/use-may.ts";
import classes from "./key-help.module.css";

const keys: { keys: string[]; what: string; writes?: true }[] = [
  { keys: ["j", "k"], what: "Next and previous in the list" },
  { keys: ["Enter"], what: "Open it" },
  { keys: ["Esc"], what: "Back: card, thread, list" },
  { keys: ["/"], what: "Search" },
  { keys: ["r"], what: "Write an answer", writes: true },
  { keys: ["i"], what: "The person's card, where it is folded away" },
  { keys: ["n"], what: "Create a lead, on the leads", writes: true },
  { keys: ["x", "X"], what: "Choose a lead; with shift, all up to it", writes: true },
  { keys: ["p"], what: "Phone simulator", writes: true },
  { keys: ["?"], what: "This help" },
];

export function KeyHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [enabled, setEnabled] = useState(singleKeysEnabled);
  const may = useMay();
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <dl className={classes.keys}>
        {keys
          .filter(({ writes }) => may.write || !writes)
          .map((line) => (
            <div key={line.what} className={classes.line}>
              <dt>{line.what}</dt>
              <dd>
                {line.keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dd>
            </div>
          ))}
      </dl>
      <Switch
        mt="md"
        label="Single-key shortcuts"
        checked={enabled}
        onChange={(event) => {
          setEnabled(event.currentTarget.checked);
          setSingleKeys(event.currentTarget.checked ? "on" : "off");
        }}
      />
      <Text fz="xs" c="dimmed" mt={4}>
        Turn them off if speech input or a switch device presses them by mistake.
      </Text>
    </Modal>
  );
}
