import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyField } from "../../ui/copy-field.tsx";

type Props = {
  title: string;
  /** What follows the server's address; null: there is nothing to show. */
  path: string | null;
  children: ReactNode;
  onClose: () => void;
};

/** A link that is shown this once. */
export function LinkShown({ title, path, children, onClose }: Props) {
  return (
    <Modal opened={path !== null} onClose={onClose} title={title} size="lg" closeOnClickOutside={false}>
      <Stack>
        <Text fz="sm">{children}</Text>
        <CopyField label="Link" value={`${location.origin}${path ?? ""}`} />
        <Group justify="flex-end">
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
