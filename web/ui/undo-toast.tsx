import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";

const undoForMs = 8_000;

/** Says what was done and takes it back for eight seconds. */
export function showUndo(message: string, onUndo: () => void): void {
  const id = notifications.show({
    autoClose: undoForMs,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text fz="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

export function showProblem(title: string, message: string): void {
  notifications.show({
    title,
    message,
    color: "red",
    icon: <IconAlertTriangle size={18} />,
    autoClose: 10_000,
    withBorder: true,
  });
}

export function showDone(message: string): void {
  notifications.show({ message, withBorder: true, autoClose: 4_000 });
}
