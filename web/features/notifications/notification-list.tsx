import { Button, ScrollArea, Skeleton, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { isNotificationKind, notificationKinds } from "../../../shared/notification-kinds.ts";
import type { Notification } from "../../../shared/v1/notification.ts";
import { markNotificationRead, notificationsQuery } from "../../lib/api/notifications.ts";
import { dayAndClock } from "../../lib/format-time.ts";
import { useNow } from "../../lib/use-now.ts";
import { KindIcon } from "./kind-icon.tsx";
import classes from "./notification-bell.module.css";

type Props = { onOpen: (notification: Notification) => void };

/** One's own, newest first; opening one reads it. */
export function NotificationList({ onOpen }: Props) {
  const client = useQueryClient();
  const now = useNow(60_000);
  const { data, isPending, isError, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(notificationsQuery);
  const read = useMutation({
    mutationFn: markNotificationRead,
    onSettled: () => client.invalidateQueries({ queryKey: ["notifications"] }),
  });
  const items = data?.pages.flatMap((page) => page.data) ?? [];
  if (isPending) return <Skeleton height={120} m="md" />;
  if (isError && items.length === 0)
    return (
      <Button variant="subtle" m="md" onClick={() => void refetch()}>
        The list could not be loaded. Try again
      </Button>
    );
  if (items.length === 0)
    return (
      <Text fz="sm" c="dimmed" px="md" pb="md">
        Nothing new. A new lead, a planned call, a visit to come, a task that falls due or a failed message is told
        here.
      </Text>
    );
  return (
    <ScrollArea.Autosize mah="min(460px, 70vh)">
      {items.map((item) => (
        <Item
          key={item.id}
          item={item}
          now={now}
          onOpen={() => {
            if (item.read_at === null) read.mutate(item.id);
            onOpen(item);
          }}
        />
      ))}
      {hasNextPage && (
        <Button variant="subtle" fullWidth loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older
        </Button>
      )}
    </ScrollArea.Autosize>
  );
}

function Item({ item, now, onOpen }: { item: Notification; now: number; onOpen: () => void }) {
  const label = isNotificationKind(item.kind) ? notificationKinds[item.kind].label : "Notification";
  return (
    <UnstyledButton className={classes.item} data-unread={item.read_at === null || undefined} onClick={onOpen}>
      <span className={classes.kind}>
        <KindIcon kind={item.kind} />
        {label}
        {item.read_at === null && <VisuallyHidden>unread</VisuallyHidden>}
      </span>
      <span className={classes.title}>{item.title}</span>
      {item.happens_at && (
        <time className={classes.when} dateTime={item.happens_at}>
          {dayAndClock(item.happens_at, now)}
        </time>
      )}
      {item.body && <span className={classes.body}>{item.body}</span>}
      <time className={classes.time} dateTime={item.created_at}>
        {dayAndClock(item.created_at, now)}
      </time>
    </UnstyledButton>
  );
}
