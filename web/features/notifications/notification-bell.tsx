import { ActionIcon, Button, Group, Indicator, Popover, Text, Tooltip } from "@mantine/core";
import { IconBell, IconChecks, IconSettings } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Notification } from "../../../shared/v1/notification.ts";
import { markAllNotificationsRead, unreadQuery } from "../../lib/api/notifications.ts";
import classes from "./notification-bell.module.css";
import { NotificationList } from "./notification-list.tsx";
import { NotificationSettings } from "./notification-settings.tsx";

type Props = { onOpen: (notification: Notification) => void };

/** What its reader should know: how many are unread, the list, and how they want to be told. */
export function NotificationBell({ onOpen }: Props) {
  const [opened, setOpened] = useState(false);
  const [settingsOpened, setSettingsOpened] = useState(false);
  const unread = useQuery(unreadQuery).data?.unread_count ?? 0;
  useOpenedFromOutside(() => setOpened(true));
  return (
    <>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" width={380} shadow="md" trapFocus returnFocus>
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
        <Popover.Dropdown p={0} className={classes.dropdown} aria-label="Notifications">
          <BellHead
            unread={unread}
            onSettings={() => {
              setOpened(false);
              setSettingsOpened(true);
            }}
          />
          {opened && (
            <NotificationList
              onOpen={(item) => {
                setOpened(false);
                onOpen(item);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {settingsOpened && <NotificationSettings onClose={() => setSettingsOpened(false)} />}
    </>
  );
}

function BellHead({ unread, onSettings }: { unread: number; onSettings: () => void }) {
  const client = useQueryClient();
  const readAll = useMutation({
    mutationFn: markAllNotificationsRead,
    onSettled: () => client.invalidateQueries({ queryKey: ["notifications"] }),
  });
  return (
    <Group justify="space-between" wrap="nowrap" px="md" py={6}>
      <Text fw={600} fz="sm">
        Notifications
      </Text>
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconChecks size={15} />}
          disabled={unread === 0}
          loading={readAll.isPending}
          onClick={() => readAll.mutate()}
        >
          Mark all read
        </Button>
        <Tooltip label="How you are told">
          <ActionIcon variant="subtle" color="gray" aria-label="Notification settings" onClick={onSettings}>
            <IconSettings size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </Group>
  );
}

/** A click on a pushed notification opens the bell: by address where no page was open, by a word of the worker where one was. */
function useOpenedFromOutside(open: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` only sets state, and stays the same in effect.
  useEffect(() => {
    if (location.hash === "#notifications") {
      history.replaceState(history.state, "", location.pathname + location.search);
      open();
    }
    const hear = (event: MessageEvent) => {
      if (event.data?.open === "notifications") open();
    };
    navigator.serviceWorker?.addEventListener("message", hear);
    return () => navigator.serviceWorker?.removeEventListener("message", hear);
  }, []);
}
