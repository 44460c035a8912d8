import { Type } from "typebox";
import {
  Id,
  NullableId,
  NullableNumber,
  NullableText,
  oneOf,
  oneOfOrNull,
  pageFields,
  searchField,
} from "../field-schemas.ts";

export const activityTypes = ["call", "email", "meeting", "whatsapp", "demo", "proposal"] as const;
export const outcomes = ["positive", "neutral", "negative", "scheduled", "sent"] as const;

export const ActivityBody = Type.Object({
  contact_id: Id,
  deal_id: Type.Optional(NullableId),
  activity_type: oneOf(activityTypes),
  title: Type.String(),
  description: Type.Optional(NullableText),
  duration_minutes: Type.Optional(NullableNumber),
  outcome: Type.Optional(oneOfOrNull(outcomes)),
});

const ActivityContact = Type.Object({ name: Type.String(), company: NullableText });
const ActivityDeal = Type.Unsafe<{ title: string; stage: string } | null>({
  type: ["object", "null"],
  properties: { title: { type: "string" }, stage: { type: "string" } },
});

export const ActivityView = Type.Object(
  {
    id: Type.String(),
    contact_id: Type.String(),
    deal_id: NullableText,
    activity_type: Type.String(),
    title: Type.String(),
    description: NullableText,
    duration_minutes: NullableNumber,
    outcome: NullableText,
    created_at: Type.String(),
    contact: ActivityContact,
    contacts: ActivityContact,
    deal: ActivityDeal,
    deals: ActivityDeal,
  },
  { title: "Activity" },
);

export const ActivityList = Type.Object({ status: Type.String(), data: Type.Array(ActivityView) });
export const ActivityQuery = Type.Object({ ...pageFields, ...searchField });
