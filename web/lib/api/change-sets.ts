import type { ChangeSet } from "../../../shared/v1/change-set.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

const undoTimeoutMs = 60_000;

/** Takes back what still stands of a bulk change, and says of the rest why not. */
export function undoChangeSet(id: number): Promise<ChangeSet> {
  return request(apiPaths.undoChangeSet(id), { method: "POST", timeoutMs: undoTimeoutMs });
}
