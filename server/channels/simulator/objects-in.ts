import { listOf, objectOf } from "../../../shared/json.ts";

/** The objects of a list; whatever else stands in it is left out. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  return listOf(value)
    .map(objectOf)
    .filter((item) => item !== undefined);
}
