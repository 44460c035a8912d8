import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  Notification,
  NotificationPreferences,
  NotificationPreferencesPatch,
} from "../../../shared/v1/notification.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

type NotificationPage = Page<Notification> & { unread_count: number };

const notificationsPollMs = 5_000;

/** How many of one's own are unread. */
export const unreadQuery = queryOptions({
  queryKey: ["notifications", "unread"],
  queryFn: ({ signal }) => request<{ unread_count: number }>(apiPaths.unreadNotifications, { signal }),
  refetchInterval: pollMs(notificationsPollMs),
});

/** The caller's own, newest first. */
export const notificationsQuery = infiniteQueryOptions({
  queryKey: ["notifications", "list"],
  queryFn: ({ signal, pageParam }) =>
    request<NotificationPage>(apiPaths.notifications({ limit: 20, cursor: pageParam }), { signal }),
  initialPageParam: "",
  getNextPageParam: (page) => page.next_cursor,
});

export function markNotificationRead(id: number): Promise<unknown> {
  return request(apiPaths.readNotification(id), { method: "POST" });
}

export function markAllNotificationsRead(): Promise<unknown> {
  return request(apiPaths.readAllNotifications, { method: "POST" });
}

export const notificationPreferencesQuery = queryOptions({
  queryKey: ["notification-preferences"],
  queryFn: ({ signal }) => request<NotificationPreferences>(apiPaths.notificationPreferences, { signal }),
});

export function changeNotificationPreferences(patch: NotificationPreferencesPatch): Promise<NotificationPreferences> {
  return request(apiPaths.notificationPreferences, { method: "PATCH", body: patch });
}
