export const activityTypes = ["call", "email", "meeting", "whatsapp", "demo", "proposal", "note", "visit"] as const;
export type ActivityType = (typeof activityTypes)[number];
