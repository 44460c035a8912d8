import { queryOptions } from "@tanstack/react-query";
import type { Notification } from "../../../shared/v1/notification.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

type NotificationPage = Page<Notification> & { unread_count: number };

const notificationsPollMs = 5_000;

/** The caller's own, newest first, with how many are unread in all. */
export const notificationsQuery = queryOptions({
  queryKey: ["notifications"],
  queryFn: ({ signal }) => request<NotificationPage>(apiPaths.notifications({ limit: 20 }), { signal }),
  refetchInterval: pollMs(notificationsPollMs),
});

export function markNotificationRead(id: number): Promise<unknown> {
  return request(apiPaths.readNotification(id), { method: "POST" });
}
