export const activityTypes = [
  "call",
  "email",
  "meeting",
  "whatsapp",
  "sms",
  "demo",
  "proposal",
  "note",
  "visit",
] as const;
export type ActivityType = (typeof activityTypes)[number];

/** Who began: `missed` is an incoming call that nobody took. */
export const activityDirections = ["incoming", "outgoing", "missed"] as const;
export type ActivityDirection = (typeof activityDirections)[number];

export const activityStatuses = [
  "completed",
  "missed",
  "no_answer",
  "voicemail",
  "busy",
  "failed",
  "scheduled",
  "cancelled",
] as const;
export type ActivityStatus = (typeof activityStatuses)[number];
