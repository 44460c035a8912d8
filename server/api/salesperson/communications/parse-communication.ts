import type { Static } from "typebox";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { NewActivity } from "../../../domain/activities/log-activity.ts";
import type { ActivityPatch } from "../../../domain/activities/update-activity.ts";
import type { Ctx } from "../../../domain/context.ts";
import { activityTextOf } from "../../../domain/notes/note-text.ts";
import { customerIdIn, leadIdOrNull } from "../read-ids.ts";
import type { CommunicationBody, NewCommunicationBody } from "./communication-schemas.ts";
import { subjectOfType } from "./communication-words.ts";

// Who says in one of the two that it was missed means both.
const missed = { direction: "missed", status: "missed" } as const;
const tookPlace = { direction: "outgoing", status: "completed" } as const;

/** Without a direction it was ours, without a status it took place; a note has neither. */
export async function parseNewCommunication(ctx: Ctx, body: Static<typeof NewCommunicationBody>): Promise<NewActivity> {
  const { type, status = null, direction = null } = body;
  const isNote = type === "note";
  const usual = status === "missed" || direction === "missed" ? missed : tookPlace;
  return {
    ...(await parseCommunication(ctx, body)),
    ...textOf(body),
    contactId: customerIdIn(body.customerId),
    activityType: type,
    direction: direction ?? (isNote ? null : usual.direction),
    status: status ?? (isNote ? null : usual.status),
  };
}

export async function parseCommunication(ctx: Ctx, body: Static<typeof CommunicationBody>): Promise<ActivityPatch> {
  const { occurredAt, scheduledAt, recordingUrl, subject } = body;
  return withoutUndefined({
    activityType: body.type,
    title: subject?.trim() ? subject : undefined,
    description: body.notes,
    direction: body.direction,
    status: body.status,
    durationSeconds: body.durationSeconds,
    scheduledAt: scheduledAt === "" ? null : scheduledAt,
    occurredAt: occurredAt || undefined,
    outcome: body.outcome,
    recordingUrl: recordingUrl === "" ? null : recordingUrl,
    phone: body.phone,
    fromName: body.from,
    toName: body.to,
    leadId: await leadIdOrNull(ctx, body.relatedLeadId),
    metadata: body.metadata,
  });
}

function textOf({ type, subject, notes }: Static<typeof NewCommunicationBody>) {
  if (subject?.trim()) return { title: subject, description: notes ?? null };
  if (type === "note" && notes?.trim()) return activityTextOf({ title: "", body: notes });
  return { title: subjectOfType[type], description: notes ?? null };
}
