import type { Json } from "../../../shared/json.ts";

export function textOrNull(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
