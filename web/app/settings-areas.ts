import {
  IconAddressBook,
  IconEyeCog,
  IconForms,
  IconKey,
  IconMail,
  IconUserCircle,
  IconUsersGroup,
  IconWebhook,
} from "@tabler/icons-react";
import { type Role, roles } from "../../shared/roles.ts";

/** `roles`: whom the server lets change what is set there. */
type Area = { key: string; label: string; icon: typeof IconKey; roles: readonly Role[] };

const admins: readonly Role[] = ["admin"];
const managers: readonly Role[] = ["admin", "manager"];

/** The areas of the settings, in their order. */
const settingsAreas = [
  { key: "you", label: "You", icon: IconUserCircle, roles },
  { key: "members", label: "Members", icon: IconAddressBook, roles: admins },
  { key: "teams", label: "Teams", icon: IconUsersGroup, roles: admins },
  { key: "roles", label: "Roles", icon: IconEyeCog, roles: admins },
  { key: "forms", label: "Forms", icon: IconForms, roles: managers },
  { key: "mail", label: "Mail accounts", icon: IconMail, roles: admins },
  { key: "api-keys", label: "API keys", icon: IconKey, roles: admins },
  { key: "webhooks", label: "Webhooks", icon: IconWebhook, roles: managers },
] as const satisfies Area[];

export type SettingsArea = (typeof settingsAreas)[number];

/** The areas that a role may set. */
export function areasFor(role: Role): SettingsArea[] {
  return settingsAreas.filter((area: Area) => area.roles.includes(role));
}
