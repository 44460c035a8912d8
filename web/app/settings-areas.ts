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

type Area = { key: string; label: string; icon: typeof IconKey; forAdmins: boolean };

/** The areas of the settings, in their order. */
export const settingsAreas = [
  { key: "you", label: "You", icon: IconUserCircle, forAdmins: false },
  { key: "members", label: "Members", icon: IconAddressBook, forAdmins: true },
  { key: "teams", label: "Teams", icon: IconUsersGroup, forAdmins: true },
  { key: "roles", label: "Roles", icon: IconEyeCog, forAdmins: true },
  { key: "forms", label: "Forms", icon: IconForms, forAdmins: true },
  { key: "mail", label: "Mail accounts", icon: IconMail, forAdmins: true },
  { key: "api-keys", label: "API keys", icon: IconKey, forAdmins: true },
  { key: "webhooks", label: "Webhooks", icon: IconWebhook, forAdmins: true },
] as const satisfies Area[];

export type SettingsArea = (typeof settingsAreas)[number]["key"];

/** Those of a role: who is no admin sets only what is their own. */
export function areasFor(role: string): Area[] {
  return settingsAreas.filter(({ forAdmins }) => !forAdmins || role === "admin");
}

/** The area in the address, where there is one and the role may see it. */
export function areaIn(word: string, role: string): SettingsArea | undefined {
  return settingsAreas.find(({ key, forAdmins }) => key === word && (!forAdmins || role === "admin"))?.key;
}
