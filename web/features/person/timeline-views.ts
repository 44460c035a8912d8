type View = { label: string; types: readonly string[] };

/** What the timeline can be narrowed to, by event type. */
export const timelineViews = {
  all: { label: "Everything", types: [] },
  messages: { label: "Messages", types: ["message.received", "message.sent", "message.edited", "message.revoked"] },
  changes: {
    label: "Changes",
    types: [
      "contact.created",
      "contact.updated",
      "contact.stage_changed",
      "lead.created",
      "lead.stage_changed",
      "lead.assigned",
      "lead.converted",
      "lead.scored",
    ],
  },
  tasks: { label: "Tasks", types: ["task.created", "task.updated", "task.completed", "task.due"] },
  visits: {
    label: "Appointments",
    types: [
      "appointment.booked",
      "appointment.confirmed",
      "appointment.rescheduled",
      "appointment.completed",
      "appointment.cancelled",
      "appointment.missed",
      "appointment.reminded",
      "appointment.not_reminded",
      "loyalty.earned",
      "loyalty.redeemed",
    ],
  },
  deals: { label: "Deals", types: ["deal.created", "deal.updated", "deal.stage_changed", "deal.won", "deal.lost"] },
} satisfies Record<string, View>;

export type TimelineView = keyof typeof timelineViews;

export function isTimelineView(text: string): text is TimelineView {
  return Object.hasOwn(timelineViews, text);
}
