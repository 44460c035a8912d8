import { isDeepStrictEqual } from "node:util";
import { type JsonObject, jsonOf } from "../../../shared/json.ts";

export type Change = { before: JsonObject; after: JsonObject };

/** What an event says of an edit: the fields that differ, as they were and as they are; nothing where all are equal. */
export function changedFields<Record extends object>(before: Record, after: Record): Change | null {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(old.get(key), value));
  if (changed.length === 0) return null;
  return {
    before: Object.fromEntries(changed.map(([key]) => [key, jsonOf(old.get(key) ?? null)])),
    after: Object.fromEntries(changed.map(([key, value]) => [key, jsonOf(value)])),
  };
}
