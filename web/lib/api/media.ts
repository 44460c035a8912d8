import type { Media } from "../../../shared/v1/media.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

/** Large files take their time on a slow line. */
const uploadTimeoutMs = 10 * 60_000;

export function uploadMedia(file: File): Promise<Media> {
  return request(apiPaths.media({ filename: file.name }), { method: "POST", file, timeoutMs: uploadTimeoutMs });
}
