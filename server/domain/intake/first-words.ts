import type { IntakeMessage } from "./run-intake.ts";

/** How each person's first message came, in words. */
export function firstWordsOf(messages: IntakeMessage[]): Map<number, string> {
  const words = new Map<number, string>();
  for (const { contactId, isMail } of messages) {
    if (!words.has(contactId))
      words.set(contactId, `Wrote ${isMail ? "by e-mail" : "on WhatsApp"} for the first time.`);
  }
  return words;
}
