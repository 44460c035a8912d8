import { ActionIcon, Indicator, Popover, ScrollArea, Text, UnstyledButton } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Notification } from "../../../shared/v1/notification.ts";
import { markNotificationRead, notificationsQuery } from "../../lib/api/notifications.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import classes from "./notification-bell.module.css";

type Props = { onOpen: (notification: Notification) => void };

/** What the team should know, unread first in sight. */
export function NotificationBell({ onOpen }: Props) {
  const [opened, setOpened] = useState(false);
  const { data } = useQuery(notificationsQuery);
  const unread = data?.unread_count ?? 0;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={360} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Indicator label={unread > 9 ? "9+" : unread} disabled={unread === 0} size={16} offset={5} color="red.8">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={unread === 0 ? "Notifications" : `Notifications, ${unread} unread`}
            onClick={() => setOpened((open) => !open)}
          >
            <IconBell size={20} stroke={1.7} />
          </ActionIcon>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.dropdown}>
        <Text fw={600} fz="sm" px="md" py="sm">
          Notifications
        </Text>
        <NotificationList
          items={data?.data ?? []}
          onOpen={(item) => {
            setOpened(false);
            onOpen(item);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function NotificationList({ items, onOpen }: { items: Notification[]; onOpen: (item: Notification) => void }) {
  const client = useQueryClient();
  const now = useNow(60_000);
  const read = useMutation({
    mutationFn: markNotificationRead,
    onSettled: () => client.invalidateQueries({ queryKey: notificationsQuery.queryKey }),
  });
  if (items.length === 0) {
    return (
      <Text fz="sm" c="dimmed" px="md" pb="md">
        Nothing new. A new lead, a task that falls due or a failed message is told here.
      </Text>
    );
  }
  return (
    <ScrollArea.Autosize mah={420}>
      {items.map((item) => (
        <UnstyledButton
          key={item.id}
          className={classes.item}
          data-unread={item.read_at === null || undefined}
          onClick={() => {
            if (item.read_at === null) read.mutate(item.id);
            onOpen(item);
          }}
        >
          <span className={classes.title}>{item.title}</span>
          {item.body && <span className={classes.body}>{item.body}</span>}
          <time className={classes.time} dateTime={item.created_at}>
            {dayAndClock(item.created_at, now)}
          </time>
        </UnstyledButton>
      ))}
    </ScrollArea.Autosize>
  );
}
