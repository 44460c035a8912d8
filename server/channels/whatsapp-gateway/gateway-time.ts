import { providerTime } from "../../domain/conversations/provider-time.ts";
import { longNumberOf } from "./long-number.ts";

/** Like `providerTime`, of a gateway's number. */
export function gatewayTime(value: unknown, receivedAt: Date): Date {
  return providerTime(longNumberOf(value), receivedAt);
}
