import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { NotificationSettings } from "../features/notifications/notification-settings.tsx";

/** The way to how one is told of what. */
export function OwnNotifications() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Text fz="sm" c="dimmed" mb="sm">
        Bell, mail and push for each kind, and your quiet hours.
      </Text>
      <Button variant="default" onClick={() => setOpened(true)}>
        How you are told
      </Button>
      {opened && <NotificationSettings onClose={() => setOpened(false)} />}
    </>
  );
}
