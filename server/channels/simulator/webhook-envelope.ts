import type { JsonObject } from "../../../shared/json.ts";

/** The simulated number, as webhooks name it. */
export type SimulatedNumber = { phoneNumberId: string; wabaId: string; displayPhone: string };

/** A webhook about messages: what Meta puts around them. */
export function messagesEnvelope(number: SimulatedNumber, value: JsonObject): JsonObject {
  const metadata = { display_phone_number: digitsOf(number.displayPhone), phone_number_id: number.phoneNumberId };
  return {
    object: "whatsapp_business_account",
    entry: [
      {
        id: number.wabaId,
        changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata, ...value } }],
      },
    ],
  };
}

/** A webhook about the account: only these say when. */
export function accountEnvelope(wabaId: string, field: string, value: JsonObject, at: Date): JsonObject {
  return {
    object: "whatsapp_business_account",
    entry: [{ id: wabaId, time: unixSeconds(at), changes: [{ field, value }] }],
  };
}

export function unixSeconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

export function digitsOf(phone: string): string {
  return phone.replace(/\D/g, "");
}
