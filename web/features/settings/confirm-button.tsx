import { Button, Group, Modal, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";

type Props = {
  /** On the button, and on the one that does it. */
  label: string;
  title: string;
  children: ReactNode;
  /** Whether it can be pressed just now. */
  disabled?: boolean;
  busy?: boolean;
  onConfirm: () => void;
};

/** What cannot be taken back is asked once more, with what follows from it. */
export function ConfirmButton({ label, title, children, disabled = false, busy = false, onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        color="red"
        c="var(--bad-ink)"
        disabled={disabled}
        loading={busy}
        onClick={() => setAsking(true)}
      >
        {label}
      </Button>
      <Modal opened={asking} onClose={close} title={title}>
        <Text fz="sm">{children}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={close}>
            Keep it
          </Button>
          <Button
            color="red.8"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {label}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
