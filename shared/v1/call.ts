import { type Static, Type } from "typebox";
import { activityDirections, activityStatuses, activityTypes } from "../activity-types.ts";
import type { JsonObject } from "../json.ts";
import { ActivityPatch } from "./activity.ts";
import {
  id,
  nullableId,
  nullableNumber,
  nullableText,
  nullableTime,
  oneOf,
  oneOfOrNull,
  paging,
  text,
  time,
} from "./fields.ts";

const { activity_type: _type, ...callFields } = ActivityPatch.properties;

/** Only what is given changes; null clears. A planned call is completed, cancelled or moved by its status and scheduled_at. */
export const CallPatch = Type.Object(callFields);
export type CallPatch = Static<typeof CallPatch>;

export const NewCall = Type.Object({ ...callFields, contact_id: id, task_id: Type.Optional(nullableId) });
export type NewCall = Static<typeof NewCall>;

export const CallQuery = Type.Object({ ...paging, contact_id: Type.Optional(id) });
export type CallQuery = Static<typeof CallQuery>;

/** One act of speaking with a person: an activity, or a message of a conversation. */
export const Communication = Type.Object(
  {
    kind: oneOf(["activity", "message"]),
    id: Type.Integer({ description: "The activity's or the message's own." }),
    contact_id: id,
    type: oneOf(activityTypes),
    title: Type.String(),
    text: nullableText,
    direction: oneOfOrNull(activityDirections),
    status: oneOfOrNull(activityStatuses),
    delivery_status: nullableText,
    duration_seconds: nullableNumber,
    scheduled_at: nullableTime,
    outcome: nullableText,
    from_name: nullableText,
    to_name: nullableText,
    phone: nullableText,
    recording_url: nullableText,
    metadata: Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true }),
    lead_id: nullableId,
    deal_id: nullableId,
    note_id: nullableId,
    message_id: nullableId,
    user_id: nullableId,
    user_name: nullableText,
    occurred_at: time,
  },
  { title: "Communication" },
);
export type Communication = Static<typeof Communication>;

export const CommunicationQuery = Type.Object({
  ...paging,
  type: Type.Optional(oneOf(activityTypes)),
  from: Type.Optional(Type.String({ maxLength: 40, description: "From this time on." })),
  to: Type.Optional(Type.String({ maxLength: 40, description: "Before this time." })),
  search: Type.Optional(text(1_000)),
});
export type CommunicationQuery = Static<typeof CommunicationQuery>;
