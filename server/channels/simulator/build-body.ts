import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "../../../shared/json.ts";

/** A customer as the simulator plays them: with a phone, or known by a business-scoped user id alone. */
export type SimulatedPerson = {
  name: string;
  phone?: string | undefined;
  userId?: string | undefined;
  username?: string | undefined;
};

export type SimulatedMessage = {
  person: SimulatedPerson;
  /** A type of the Cloud API with its own object: {type: "text", body: {body: "Hello"}}. */
  type: string;
  body: JsonObject | JsonObject[];
  replyTo?: string | undefined;
  referral?: JsonObject | undefined;
  sentAt: Date;
  /** The same key gives the same message id, so that a repeated request is one message. */
  onceKey?: string | undefined;
};

export type SimulatedNumber = { phoneNumberId: string; wabaId: string; displayPhone: string };

/** The webhook body Meta would send for this message, and the message's id. */
export function buildWebhookBody(number: SimulatedNumber, message: SimulatedMessage): { id: string; body: JsonObject } {
  const { person, type, sentAt } = message;
  const waId = person.phone?.replace(/\D/g, "");
  const userId = person.userId ?? userIdOf(waId ?? person.name);
  const unique =
    message.onceKey === undefined
      ? randomUUID()
      : createHash("sha256").update(message.onceKey).digest("hex").slice(0, 32);
  const id = `wamid.SIM${unique.replaceAll("-", "").toUpperCase()}`;
  const profile = { name: person.name, ...(person.username ? { username: person.username } : {}) };
  const value: JsonObject = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.displayPhone.replace(/\D/g, ""), phone_number_id: number.phoneNumberId },
    contacts: [{ profile, ...(waId ? { wa_id: waId } : {}), user_id: userId }],
    messages: [
      {
        ...(waId ? { from: waId } : {}),
        from_user_id: userId,
        id,
        timestamp: String(Math.floor(sentAt.getTime() / 1000)),
        ...(message.replyTo ? { context: { from: number.displayPhone.replace(/\D/g, ""), id: message.replyTo } } : {}),
        ...(message.referral ? { referral: message.referral } : {}),
        type,
        [type]: message.body,
      },
    ],
  };
  return {
    id,
    body: {
      object: "whatsapp_business_account",
      entry: [{ id: number.wabaId, changes: [{ field: "messages", value }] }],
    },
  };
}

/** The same person has the same id each time, as with Meta. */
function userIdOf(seed: string): string {
  return `US.${BigInt(`0x${createHash("sha256").update(seed).digest("hex").slice(0, 16)}`)}`;
}
