import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../../../shared/json.ts";
import { simulatedUserId } from "../../domain/simulator/simulated-user-id.ts";
import { digitsOf, messagesEnvelope, type SimulatedNumber, unixSeconds } from "./webhook-envelope.ts";

/** A customer as the simulator plays them: with a phone, or known by a business-scoped user id alone. */
export type SimulatedPerson = {
  name: string;
  phone?: string | undefined;
  userId?: string | undefined;
  username?: string | undefined;
};

export type SimulatedMessage = {
  /** A type of the Cloud API with its own object: {type: "text", body: {body: "Hello"}}. */
  type: string;
  body: JsonObject | JsonObject[];
  replyTo?: string | undefined;
  referral?: JsonObject | undefined;
  sentAt: Date;
  /** The same key gives the same message id, so that a repeated request is one message. */
  onceKey?: string | undefined;
};

/** The webhook body Meta would send for these messages of one person, and the messages' ids. */
export function buildWebhookBody(
  number: SimulatedNumber,
  person: SimulatedPerson,
  messages: SimulatedMessage[],
): { ids: string[]; body: JsonObject } {
  const waId = person.phone === undefined ? undefined : digitsOf(person.phone);
  const userId = person.userId ?? simulatedUserId(waId ?? person.name);
  const profile = { name: person.name, ...(person.username ? { username: person.username } : {}) };
  const ids = messages.map(messageId);
  const value = {
    contacts: [{ profile, ...(waId ? { wa_id: waId } : {}), user_id: userId }],
    messages: messages.map((message, index) => ({
      ...(waId ? { from: waId } : {}),
      from_user_id: userId,
      id: ids[index] ?? "",
      timestamp: String(unixSeconds(message.sentAt)),
      ...(message.replyTo ? { context: { from: digitsOf(number.displayPhone), id: message.replyTo } } : {}),
      ...(message.referral ? { referral: message.referral } : {}),
      type: message.type,
      [message.type]: message.body,
    })),
  };
  return { ids, body: messagesEnvelope(number, value) };
}

/** WhatsApp's own notice that a person has a new number; nobody wrote it, so no contacts stand beside it. */
export function buildNumberChange(
  number: SimulatedNumber,
  from: { name: string; waId?: string | undefined; userId: string },
  to: { waId: string; userId: string },
  at: Date,
): JsonObject {
  const notice = {
    ...(from.waId === undefined ? {} : { from: from.waId }),
    from_user_id: from.userId,
    id: wamid(randomUUID()),
    timestamp: String(unixSeconds(at)),
    type: "system",
    system: {
      body: `${from.name} changed to a new phone number`,
      wa_id: to.waId,
      user_id: to.userId,
      type: "user_changed_number",
    },
  };
  return messagesEnvelope(number, { messages: [notice] });
}

function messageId({ onceKey }: SimulatedMessage, index: number): string {
  if (onceKey === undefined) return wamid(randomUUID());
  const key = index === 0 ? onceKey : `${onceKey} ${index}`;
  return wamid(createHash("sha256").update(key).digest("hex").slice(0, 32));
}

function wamid(unique: string): string {
  return `wamid.SIM${unique.replaceAll("-", "").toUpperCase()}`;
}
