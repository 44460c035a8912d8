import { numberOf, objectOf } from "../../../shared/json.ts";
import { providerTime } from "../../domain/conversations/provider-time.ts";

/** Like `providerTime`; a 64-bit number may also come as protobuf's halves `{low, high}`. */
export function gatewayTime(value: unknown, receivedAt: Date): Date {
  const halves = objectOf(value);
  if (halves === undefined) return providerTime(value, receivedAt);
  const low = numberOf(halves.low);
  const high = numberOf(halves.high) ?? 0;
  return providerTime(low === undefined ? undefined : (low >>> 0) + high * 2 ** 32, receivedAt);
}
