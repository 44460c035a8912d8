import type { JsonObject } from "../../../shared/json.ts";

/** Meta signs non-ASCII escaped; a route that re-serialised the body would fail here as it would with Meta. */
export function bytesAsMetaSigns(body: JsonObject): Buffer {
  const escaped = JSON.stringify(body)
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
  return Buffer.from(escaped);
}
