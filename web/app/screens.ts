import { IconHeartHandshake, IconInbox, IconTargetArrow } from "@tabler/icons-react";
import { pages } from "../lib/paths.ts";

/** The screens of the navigation, in its order. */
export const screens = [
  { to: pages.inbox, label: "Inbox", icon: IconInbox },
  { to: pages.leads, label: "Leads", icon: IconTargetArrow },
  { to: pages.customers, label: "Customers", icon: IconHeartHandshake },
] as const;
