import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle } from "@tabler/icons-react";
import { randomKey } from "../lib/random-key.ts";

const undoForMs = 8_000;
const undoAndReadForMs = 20_000;

/** Says what was done, what was not and why, and takes it back for eight seconds. */
export function showUndo(message: string, onUndo: () => void, notDone: string[] = []): void {
  const id = notifications.show({
    autoClose: notDone.length > 0 ? undoAndReadForMs : undoForMs,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Lines message={message} notDone={notDone} />
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

/** Says what was done, and below it what was not and why. */
export function showNotDone(message: string, notDone: string[]): void {
  notifications.show({
    message: <Lines message={message} notDone={notDone} />,
    withBorder: true,
    autoClose: notDone.length > 0 ? undoAndReadForMs : undoForMs,
  });
}

/** One with an `id` takes the place of the one before it, and can be hidden when it is over. */
export function showProblem(title: string, message: string, id: string = randomKey()): void {
  hideProblem(id);
  notifications.show({
    id,
    title,
    message,
    color: "red",
    icon: <IconAlertTriangle size={18} />,
    autoClose: 10_000,
    withBorder: true,
  });
}

export function hideProblem(id: string): void {
  notifications.hide(id);
}

export function showDone(message: string): void {
  notifications.show({ message, withBorder: true, autoClose: 4_000 });
}

function Lines({ message, notDone }: { message: string; notDone: string[] }) {
  return (
    <div>
      <Text fz="sm">{message}</Text>
      {notDone.map((line) => (
        <Text key={line} fz="xs" c="dimmed">
          {line}
        </Text>
      ))}
    </div>
  );
}
