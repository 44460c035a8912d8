import { numberOf } from "../../../shared/json.ts";

const dayMs = 86_400_000;
/** WhatsApp began in 2009: an earlier time is an unset clock. */
const earliestMs = Date.UTC(2009, 0, 1);

/**
 * A provider's unix time, in seconds or milliseconds, number or string. Where it is absent or cannot be true,
 * the moment we received it stands in, so that no thread is sorted by a broken clock.
 */
export function providerTime(value: unknown, receivedAt: Date): Date {
  const number = numberOf(value);
  if (number === undefined) return receivedAt;
  const ms = Math.trunc(number > 1e11 ? number : number * 1000);
  return ms < earliestMs || ms > receivedAt.getTime() + dayMs ? receivedAt : new Date(ms);
}
