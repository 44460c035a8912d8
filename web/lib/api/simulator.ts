import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

/** Who writes: a person with a phone number, or one known by WhatsApp's user id only. */
export type SimulatedSender = { name: string; phone?: string; user_id?: string };

/** Text, or the Cloud API's own object for its type. */
export type SimulatedContent =
  | { type: "text"; text: string }
  | { type: "image"; content: { caption: string; mime_type: string } }
  | { type: "location"; content: { latitude: number; longitude: number; name: string } }
  | { type: "button"; content: { text: string; payload: string } };

export type SimulatedMessage = SimulatedContent & { from: SimulatedSender };

/** Goes through the same signed webhook route as a body from Meta. */
export function sendAsCustomer(
  message: SimulatedMessage,
  idempotencyKey: string,
): Promise<{ message_id: string; accepted: boolean }> {
  return request(apiPaths.simulatorMessages, { method: "POST", body: message, idempotencyKey });
}
