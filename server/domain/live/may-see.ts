import { hasScope } from "../accounts/permissions.ts";
import type { Principal } from "../accounts/principal.ts";
import type { JournalLine } from "../events/read-journal.ts";

export type Viewer = Pick<Principal, "companyId" | "role" | "scopes">;

/** Whether this caller may be told of an event; the one place that decides it. Today every role reads all of its company. */
export function maySee(viewer: Viewer, event: Pick<JournalLine, "companyId">): boolean {
  return viewer.companyId === event.companyId && hasScope(viewer, "read");
}
