import { type RawBuilder, sql } from "kysely";
import type { Json, JsonObject } from "../../../shared/json.ts";
import { memberNameSql } from "../accounts/user.ts";

/** A line of the journal, as timeline and audit read it. */
export type JournalEvent = {
  id: number;
  type: string;
  actorKind: "user" | "api_key" | "system" | "contact" | "open";
  actorId: number | null;
  /** The name of the user who did it, where a user did. */
  actorName: string | null;
  contactId: number | null;
  subjectKind: string;
  subjectId: number;
  before: JsonObject | null;
  after: JsonObject | null;
  data: Json;
  requestId: string | null;
  occurredAt: string;
};

export const eventColumns: RawBuilder<unknown> = sql`
  e.id, e.type, e.actor_kind as "actorKind", e.actor_id as "actorId",
  ${memberNameSql(sql`u`)} as "actorName", e.contact_id as "contactId",
  e.subject_kind as "subjectKind", e.subject_id as "subjectId", e.before, e.after, e.data, e.request_id as "requestId",
  e.occurred_at as "occurredAt"`;
