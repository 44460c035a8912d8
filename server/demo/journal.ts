import type { JsonObject } from "../../shared/json.ts";

type Line = {
  type: string;
  at: Date;
  subject: [kind: string, id: number];
  contactId: number;
  /** The user who did it; the person themselves; nobody. */
  actor: { user: number } | "contact" | "system";
  before?: JsonObject;
  after?: JsonObject;
  data?: JsonObject;
};

export type JournalRow = JsonObject & { occurred_at: string };

/** A line of the journal as a row. */
export function journalRow({ type, at, subject, contactId, actor, before, after, data }: Line): JournalRow {
  const [subject_kind, subject_id] = subject;
  return {
    type,
    ...actorOf(actor, contactId),
    ...{ contact_id: contactId, subject_kind, subject_id },
    before: before ?? null,
    after: after ?? null,
    data: data ?? {},
    occurred_at: at.toISOString(),
    created_at: at.toISOString(),
  };
}

function actorOf(actor: Line["actor"], contactId: number): JsonObject {
  if (actor === "system") return { actor_kind: "system", actor_id: null };
  if (actor === "contact") return { actor_kind: "contact", actor_id: contactId };
  return { actor_kind: "user", actor_id: actor.user };
}
