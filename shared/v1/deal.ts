import { type Static, Type } from "typebox";
import { dealStageWords } from "../deal-stages.ts";
import {
  custom,
  id,
  nullableDate,
  nullableId,
  nullableText,
  nullableTime,
  oneOf,
  paging,
  text,
  time,
  version,
} from "./fields.ts";

/** An exact decimal: a number, or its text where a client keeps money as text. */
const amount = Type.Unsafe<number | string>({ type: ["number", "string"], maxLength: 20 });

export const Deal = Type.Object(
  {
    id,
    contact_id: id,
    organization_id: nullableId,
    lead_id: nullableId,
    pipeline_id: id,
    stage_id: id,
    stage: oneOf(dealStageWords),
    title: Type.String(),
    description: nullableText,
    value: Type.Number(),
    currency: Type.String(),
    probability: Type.Integer(),
    expected_close_on: nullableDate,
    owner_user_id: nullableId,
    lost_reason: nullableText,
    closed_at: nullableTime,
    custom,
    contact: Type.Object({ name: Type.String(), company: nullableText, phone: nullableText }),
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Deal" },
);
export type Deal = Static<typeof Deal>;

/** Only what is given changes; null clears. A new stage brings its own probability. */
export const DealPatch = Type.Object({
  contact_id: Type.Optional(id),
  title: Type.Optional(text(500)),
  description: Type.Optional(nullableText),
  value: Type.Optional(amount),
  currency: Type.Optional(text(3)),
  stage: Type.Optional(oneOf(dealStageWords)),
  pipeline_id: Type.Optional(id),
  stage_id: Type.Optional(id),
  probability: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  expected_close_on: Type.Optional(nullableDate),
  owner_user_id: Type.Optional(nullableId),
  lost_reason: Type.Optional(nullableText),
  custom: Type.Optional(custom),
});
export type DealPatch = Static<typeof DealPatch>;

export const NewDeal = Type.Object({
  ...Type.Omit(DealPatch, ["lost_reason"]).properties,
  contact_id: id,
  title: text(500),
});
export type NewDeal = Static<typeof NewDeal>;

export const DealQuery = Type.Object({
  ...paging,
  contact_id: Type.Optional(id),
  stage: Type.Optional(oneOf(dealStageWords)),
  pipeline_id: Type.Optional(id),
  stage_id: Type.Optional(id),
});
export type DealQuery = Static<typeof DealQuery>;
