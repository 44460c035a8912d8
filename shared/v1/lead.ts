import { type Static, Type } from "typebox";
import type { JsonObject } from "../json.ts";
import { stages } from "../stages.ts";
import {
  custom,
  id,
  nullableId,
  nullableNumber,
  nullableText,
  nullableTime,
  oneOf,
  paging,
  time,
  version,
} from "./fields.ts";

export const Lead = Type.Object({
  id,
  code: Type.String({ description: "LEAD-007" }),
  contact_id: id,
  contact_name: Type.String(),
  organization_id: nullableId,
  owner_user_id: nullableId,
  owner_name: nullableText,
  stage: oneOf(stages),
  source: nullableText,
  need: nullableText,
  budget: nullableNumber,
  budget_currency: nullableText,
  referral: Type.Unsafe<JsonObject | null>({ type: ["object", "null"], additionalProperties: true }),
  custom,
  closed_at: nullableTime,
  version,
  created_at: time,
  updated_at: time,
});
export type Lead = Static<typeof Lead>;

export const LeadQuery = Type.Object({
  ...paging,
  stage: Type.Optional(oneOf(stages)),
  contact_id: Type.Optional(id),
});

/** A score with its explanation. The breakdown is empty where the score was set by hand or never computed. */
export const LeadScore = Type.Object({
  contact_id: id,
  lead_score: Type.Integer(),
  band: oneOf(["hot", "qualified", "cold"]),
  breakdown: Type.Record(Type.String(), Type.Integer()),
  reasons: Type.Record(Type.String(), Type.String()),
  computed_at: nullableTime,
});
export type LeadScore = Static<typeof LeadScore>;
