import {
  IconAlertTriangle,
  IconAt,
  IconBell,
  IconCalendarEvent,
  IconChecklist,
  IconCoin,
  IconMessage,
  IconPhone,
  IconPlugConnectedX,
  IconUserPlus,
} from "@tabler/icons-react";

const icons = new Map([
  ["lead", IconUserPlus],
  ["deal", IconCoin],
  ["call", IconPhone],
  ["meeting", IconCalendarEvent],
  ["appointment", IconCalendarEvent],
  ["task", IconChecklist],
  ["note", IconAt],
  ["conversation", IconMessage],
  ["message", IconAlertTriangle],
  ["channel", IconPlugConnectedX],
]);

/** A sign for the kind; the words beside it say the same. */
export function KindIcon({ kind }: { kind: string }) {
  const Icon = icons.get(kind.split(".", 1)[0] ?? "") ?? IconBell;
  return <Icon size={16} stroke={1.7} aria-hidden />;
}
