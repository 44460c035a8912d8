import type { ActivityStatus, ActivityType } from "../../../../shared/activity-types.ts";

export const communicationTypes = ["call", "email", "sms", "whatsapp", "meeting", "note"] as const;
export type CommunicationType = (typeof communicationTypes)[number];

export const communicationDirections = ["outgoing", "incoming", "missed"] as const;

export const communicationStatuses = [
  "completed",
  "missed",
  "no_answer",
  "voicemail",
  "scheduled",
  "cancelled",
] as const;
export type CommunicationStatus = (typeof communicationStatuses)[number];

/** What of the log each of the document's words means. */
export const typesOfWord: Record<CommunicationType, readonly ActivityType[]> = {
  call: ["call"],
  email: ["email", "proposal"],
  sms: ["sms"],
  whatsapp: ["whatsapp"],
  meeting: ["meeting", "demo", "visit"],
  note: ["note"],
};

export function typeWord(type: ActivityType): CommunicationType {
  switch (type) {
    case "call":
    case "email":
    case "sms":
    case "whatsapp":
    case "meeting":
    case "note":
      return type;
    case "proposal":
      return "email";
    case "demo":
    case "visit":
      return "meeting";
  }
}

/** What is logged without a status took place; a busy line and a call that failed reached nobody. */
export function statusWord(status: ActivityStatus | null): CommunicationStatus {
  switch (status) {
    case null:
      return "completed";
    case "busy":
    case "failed":
      return "no_answer";
    case "completed":
    case "missed":
    case "no_answer":
    case "voicemail":
    case "scheduled":
    case "cancelled":
      return status;
  }
}

/** Where the body has no subject. */
export const subjectOfType: Record<CommunicationType, string> = {
  call: "Call",
  email: "E-mail",
  sms: "SMS",
  whatsapp: "WhatsApp message",
  meeting: "Meeting",
  note: "Note",
};
