import type * as View from "../../../../shared/v1/event.ts";
import type { JournalEvent } from "../../../domain/events/event.ts";
import { spelledDetails, spelledFields } from "../../../domain/events/event-fields.ts";

export function presentEvent(event: JournalEvent): View.Event {
  return {
    id: event.id,
    type: event.type,
    actor: { kind: event.actorKind, id: event.actorId, name: event.actorName },
    contact_id: event.contactId,
    subject: { kind: event.subjectKind, id: event.subjectId },
    before: spelledFields(event.before),
    after: spelledFields(event.after),
    data: spelledDetails(event.data),
    request_id: event.requestId,
    occurred_at: event.occurredAt,
  };
}

/** The event types of a query, which come with commas between. */
export function typesOf(query: { types?: string }): string[] {
  return (query.types ?? "")
    .split(",")
    .map((type) => type.trim())
    .filter(Boolean);
}
