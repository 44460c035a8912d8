import { type NotificationKind, notificationKinds } from "../../../../shared/notification-kinds.ts";
import type { Notice } from "../notify-team.ts";

/** More than these of one kind for one member in one breath become one: nobody reads four hundred lines of a bulk change. */
const mostAtOnce = 10;

export function gatherNotices(notices: Notice[]): Notice[] {
  return [...Map.groupBy(notices, ({ kind, userId }) => `${kind} ${userId ?? ""}`).values()].flatMap((own) => {
    const [first] = own;
    return own.length <= mostAtOnce || !first ? own : [gathered(first, own.length)];
  });
}

function gathered(first: Notice, count: number): Notice {
  return {
    kind: first.kind,
    title: `${count} × ${labelOf(first.kind)}`,
    body: `The first: ${first.title}`,
    // The journal is read once, so the first of them names this batch for ever.
    dedupeKey: `${first.dedupeKey}:and-more`,
    ...(first.userId === undefined ? {} : { userId: first.userId }),
    ...(first.roles === undefined ? {} : { roles: first.roles }),
  };
}

function labelOf(kind: NotificationKind): string {
  const { label } = notificationKinds[kind];
  return label.charAt(0).toLowerCase() + label.slice(1);
}
