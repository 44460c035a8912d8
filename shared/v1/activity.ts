import { type Static, Type } from "typebox";
import { activityTypes } from "../activity-types.ts";
import { type DealStage, dealStageWords } from "../deal-stages.ts";
import { id, nullableId, nullableNumber, nullableText, oneOf, paging, text, time, version } from "./fields.ts";

export const Activity = Type.Object({
  id,
  contact_id: id,
  deal_id: nullableId,
  lead_id: nullableId,
  task_id: nullableId,
  activity_type: oneOf(activityTypes),
  title: Type.String(),
  description: nullableText,
  duration_minutes: nullableNumber,
  outcome: nullableText,
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
});
export type Activity = Static<typeof Activity>;

/** Only what is given changes; null clears. The person stays. */
export const ActivityPatch = Type.Object({
  deal_id: Type.Optional(nullableId),
  activity_type: Type.Optional(oneOf(activityTypes)),
  title: Type.Optional(text(500)),
  description: Type.Optional(nullableText),
  duration_minutes: Type.Optional(Type.Unsafe<number | null>({ type: ["number", "null"], minimum: 0 })),
  outcome: Type.Optional(nullableText),
  occurred_at: Type.Optional(time),
});
export type ActivityPatch = Static<typeof ActivityPatch>;

export const NewActivity = Type.Object({
  ...ActivityPatch.properties,
  contact_id: id,
  lead_id: Type.Optional(nullableId),
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
