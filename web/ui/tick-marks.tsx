import { IconAlertCircle, IconCheck, IconChecks, IconClock } from "@tabler/icons-react";

/** The messenger's ticks, with the word for those who don't see them. */
export function TickMarks({ status }: { status: string }) {
  switch (status) {
    case "failed":
      return <IconAlertCircle size={15} color="var(--bad-ink)" aria-label="failed" />;
    case "read":
    case "played":
      return <IconChecks size={15} color="var(--tick-read)" aria-label={status} />;
    case "delivered":
      return <IconChecks size={15} aria-label="delivered" />;
    case "sent":
    case "accepted":
      return <IconCheck size={15} aria-label="sent" />;
    default:
      return <IconClock size={14} aria-label="on its way" />;
  }
}
