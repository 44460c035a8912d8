import { type Static, Type } from "typebox";
import { activityDirections, activityStatuses, activityTypes } from "../activity-types.ts";
import { type DealStage, dealStageWords } from "../deal-stages.ts";
import type { JsonObject } from "../json.ts";
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
  version,
} from "./fields.ts";
import { mentionsNotTold } from "./note.ts";

const direction = oneOfOrNull(activityDirections);
const status = oneOfOrNull(activityStatuses);
const metadata = Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true });
const duration = Type.Unsafe<number | null>({ type: ["number", "null"], minimum: 0 });

export const Activity = Type.Object(
  {
    id,
    contact_id: id,
    deal_id: nullableId,
    lead_id: nullableId,
    task_id: nullableId,
    activity_type: oneOf(activityTypes),
    title: Type.String(),
    description: nullableText,
    duration_minutes: nullableNumber,
    duration_seconds: nullableNumber,
    outcome: nullableText,
    direction,
    status,
    scheduled_at: nullableTime,
    from_name: nullableText,
    to_name: nullableText,
    phone: nullableText,
    recording_url: nullableText,
    metadata,
    note_id: nullableId,
    message_id: nullableId,
    intents: Type.Array(Type.String()),
    user_id: nullableId,
    occurred_at: time,
    contact: Type.Object({ name: Type.String(), company: nullableText }),
    deal: Type.Unsafe<{ title: string; stage: DealStage } | null>({
      type: ["object", "null"],
      properties: { title: Type.String(), stage: oneOf(dealStageWords) },
    }),
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Activity" },
);
export type Activity = Static<typeof Activity>;

export const WrittenActivity = Type.Object({ ...Activity.properties, mentions_not_told: mentionsNotTold });

/** Only what is given changes; null clears. The person stays. */
export const ActivityPatch = Type.Object({
  deal_id: Type.Optional(nullableId),
  lead_id: Type.Optional(nullableId),
  activity_type: Type.Optional(oneOf(activityTypes)),
  title: Type.Optional(text(500)),
  description: Type.Optional(nullableText),
  duration_minutes: Type.Optional(duration),
  duration_seconds: Type.Optional(duration),
  outcome: Type.Optional(nullableText),
  direction: Type.Optional(direction),
  status: Type.Optional(status),
  scheduled_at: Type.Optional(nullableTime),
  from_name: Type.Optional(nullableText),
  to_name: Type.Optional(nullableText),
  phone: Type.Optional(nullableText),
  recording_url: Type.Optional(nullableText),
  metadata: Type.Optional(metadata),
  occurred_at: Type.Optional(time),
});
export type ActivityPatch = Static<typeof ActivityPatch>;

export const NewActivity = Type.Object({
  ...ActivityPatch.properties,
  contact_id: id,
  task_id: Type.Optional(nullableId),
  activity_type: oneOf(activityTypes),
  title: text(500),
});
export type NewActivity = Static<typeof NewActivity>;

export const ActivityQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  activity_type: Type.Optional(oneOf(activityTypes)),
});
export type ActivityQuery = Static<typeof ActivityQuery>;
