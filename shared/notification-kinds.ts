export const mailCadences = ["off", "digest", "immediately"] as const;
export type MailCadence = (typeof mailCadences)[number];

/** The ways a notification goes. */
export type NotificationWays = { inApp: boolean; email: MailCadence; push: boolean };

type Kind = NotificationWays & { group: string; label: string };

function kind(group: string, label: string, ways: Partial<NotificationWays> = {}): Kind {
  return { group, label, inApp: true, email: "off", push: false, ...ways };
}

const personal = { email: "digest", push: true } as const;

/** What members are told of, with the ways that are usual. Names stay; new ones are added. */
export const notificationKinds = {
  "lead.assigned": kind("Leads", "A lead was assigned to you", personal),
  "lead.created": kind("Leads", "Somebody new wrote"),
  "deal.created": kind("Leads", "A lead qualified and became a deal"),
  "call.scheduled": kind("Calls and meetings", "A planned call is about to begin", { push: true }),
  "meeting.scheduled": kind("Calls and meetings", "A planned meeting is about to begin", { push: true }),
  "call.missed": kind("Calls and meetings", "A call was missed", personal),
  "appointment.upcoming": kind("Visits", "A visit to prepare for", { push: true }),
  "appointment.not_reminded": kind("Visits", "Somebody could not be reminded of a visit", personal),
  "appointment.answered": kind("Visits", "Somebody answered a reminder in their own words", personal),
  "task.due": kind("Tasks", "A task falls due soon", { push: true }),
  "task.overdue": kind("Tasks", "A task's time is over", personal),
  "note.mentioned": kind("Conversations and notes", "You were mentioned in a note", personal),
  "conversation.assigned": kind("Conversations and notes", "A conversation was given to you", personal),
  "conversation.handed_over": kind("Conversations and notes", "The bot handed somebody over", { push: true }),
  "message.failed": kind("Conversations and notes", "A message could not be sent", personal),
  "channel.problem": kind("The system", "Something is wrong with a channel", { email: "immediately", push: true }),
  "channel.token_expiring": kind("The system", "A channel's access is about to end", { email: "digest" }),
  "webhook.disabled": kind("The system", "A webhook was switched off", { email: "digest" }),
  "password_reset.requested": kind("The system", "A colleague asks for a new password"),
} as const satisfies Record<string, Kind>;

export type NotificationKind = keyof typeof notificationKinds;

export function isNotificationKind(name: string): name is NotificationKind {
  return Object.hasOwn(notificationKinds, name);
}

export const notificationKindNames: readonly NotificationKind[] =
  Object.keys(notificationKinds).filter(isNotificationKind);

export function usualWays(name: NotificationKind): NotificationWays {
  const { inApp, email, push } = notificationKinds[name];
  return { inApp, email, push };
}
