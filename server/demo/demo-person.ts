import type { Stage } from "../../shared/stages.ts";

export type DemoMessage = { direction: "in" | "out"; text: string; at: Date };

/** Somebody of the demo, with everything that the other records are made from. */
export type DemoPerson = {
  id: number;
  firstName: string;
  lastName: string;
  language: string;
  country: string;
  phone: string;
  email: string | null;
  company: string | null;
  position: string | null;
  source: string;
  stage: Stage;
  notes: string | null;
  tags: string[];
  /** One of the three users. */
  owner: 0 | 1 | 2;
  currency: string;
  /** Treatment, or the software. */
  kind: "clinic" | "software";
  createdAt: Date;
  messages: DemoMessage[];
  nextFollowUpAt: Date | null;
  /** Where people set it by hand; otherwise it is computed. */
  leadScore?: number;
};

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

export function fullName({ firstName, lastName }: DemoPerson): string {
  return `${firstName} ${lastName}`;
}

/** The last that was heard or said. */
export function lastTouch(person: DemoPerson): Date {
  return person.messages.at(-1)?.at ?? person.createdAt;
}

export function lastMessage(person: DemoPerson, direction: DemoMessage["direction"]): DemoMessage | undefined {
  return person.messages.findLast((message) => message.direction === direction);
}

/** Incoming messages that nobody has opened: the latest ones, of the last three days. */
export function unreadCount(person: DemoPerson, now: Date): number {
  const answered = person.messages.findLastIndex(({ direction }) => direction === "out");
  const waiting = person.messages.slice(answered + 1);
  return waiting.filter(({ at }) => now.getTime() - at.getTime() < 3 * day).length;
}

/** Never in the future: the demo ends now. */
export function notAfter(now: Date, time: number): Date {
  return new Date(Math.min(time, now.getTime() - 2 * minute));
}
