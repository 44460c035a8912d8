import { numberOf, objectOf } from "../../../shared/json.ts";

/** A number that may also come as the halves `{low, high}` of protobuf's 64 bits. */
export function longNumberOf(value: unknown): number | undefined {
  const halves = objectOf(value);
  if (halves === undefined) return numberOf(value);
  const low = numberOf(halves.low);
  return low === undefined ? undefined : (low >>> 0) + (numberOf(halves.high) ?? 0) * 2 ** 32;
}
