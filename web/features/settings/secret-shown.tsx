import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { CopyField } from "../../ui/copy-field.tsx";

type Props = { label: string; secret: string | null; children: ReactNode; onDone: () => void };

/** A secret that is shown this once. */
export function SecretShown({ label, secret, children, onDone }: Props) {
  return (
    <Stack>
      <Alert variant="light" color="yellow" icon={<IconKey size={18} />} role="status">
        Copy it now and keep it safe: it is shown this once and stored nowhere in the clear.
      </Alert>
      <CopyField label={label} value={secret ?? ""} />
      <Text fz="sm" c="dimmed">
        {children}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
