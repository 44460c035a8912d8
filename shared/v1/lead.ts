import { type Static, Type } from "typebox";
import { dealStageWords } from "../deal-stages.ts";
import type { JsonObject } from "../json.ts";
import { stages } from "../stages.ts";
import {
  custom,
  id,
  nullableDate,
  nullableId,
  nullableNumber,
  nullableText,
  nullableTime,
  oneOf,
  paging,
  text,
  time,
  version,
} from "./fields.ts";

const object = Type.Unsafe<JsonObject>({ type: "object", additionalProperties: true });
/** An exact decimal: a number, or its text where a client keeps money as text. */
const amount = Type.Unsafe<number | string>({ type: ["number", "string"], maxLength: 20 });
const nullableAmount = Type.Unsafe<number | string | null>({ type: ["number", "string", "null"], maxLength: 20 });

export const Lead = Type.Object(
  {
    id,
    code: Type.String({ description: "LEAD-007" }),
    contact_id: id,
    contact_name: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    email: nullableText,
    phone: nullableText,
    job_title: nullableText,
    organization_id: nullableId,
    organization: nullableText,
    owner_user_id: nullableId,
    owner_name: { ...nullableText, description: "The member's name, or a name that is no member's." },
    stage: oneOf(stages),
    source: nullableText,
    salutation: Type.String(),
    gender: Type.String(),
    website: Type.String(),
    industry: Type.String(),
    employees: Type.String({ description: "As people write it: 100-500." }),
    annual_revenue: nullableNumber,
    territory: Type.String(),
    notes: Type.String(),
    estimated_value: nullableNumber,
    metadata: object,
    need: nullableText,
    budget: nullableNumber,
    budget_currency: nullableText,
    referral: Type.Unsafe<JsonObject | null>({ type: ["object", "null"], additionalProperties: true }),
    custom,
    deal_id: { ...nullableId, description: "What it was converted to." },
    converted_at: nullableTime,
    activity_count: Type.Integer({ description: "Lines of its story, of which no count is an edit: the ETag stays." }),
    created_by: nullableId,
    closed_at: nullableTime,
    version,
    created_at: time,
    updated_at: time,
  },
  { title: "Lead" },
);
export type Lead = Static<typeof Lead>;

export const LeadQuery = Type.Object({
  ...paging,
  q: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "Any part of name, phone, mail or company, or a code; newest first.",
    }),
  ),
  stage: Type.Optional(oneOf(stages)),
  contact_id: Type.Optional(id),
  owner_user_id: Type.Optional(id),
  source: Type.Optional(Type.String({ maxLength: 300 })),
});

export const LeadCountQuery = Type.Object({
  stage: LeadQuery.properties.stage,
  owner_user_id: LeadQuery.properties.owner_user_id,
  source: LeadQuery.properties.source,
});

export const LeadCount = Type.Object({
  count: Type.Integer({ description: "At most ten thousand: as many as one bulk act takes." }),
});
export type LeadCount = Static<typeof LeadCount>;

const fields = {
  name: Type.Optional(nullableText),
  first_name: Type.Optional(nullableText),
  last_name: Type.Optional(nullableText),
  email: Type.Optional(nullableText),
  phone: Type.Optional(nullableText),
  job_title: Type.Optional(nullableText),
  organization: Type.Optional({ ...nullableText, description: "A name, found or made." }),
  organization_id: Type.Optional(nullableId),
  owner_user_id: Type.Optional(nullableId),
  owner: Type.Optional({ ...nullableText, description: "By name, where owner_user_id is not given." }),
  stage: Type.Optional(oneOf(stages)),
  source: Type.Optional(nullableText),
  salutation: Type.Optional(nullableText),
  gender: Type.Optional(nullableText),
  website: Type.Optional(nullableText),
  industry: Type.Optional(nullableText),
  employees: Type.Optional(nullableText),
  annual_revenue: Type.Optional(nullableAmount),
  territory: Type.Optional(nullableText),
  notes: Type.Optional(nullableText),
  estimated_value: Type.Optional(nullableAmount),
  metadata: Type.Optional(object),
  need: Type.Optional(nullableText),
  budget: Type.Optional(nullableAmount),
  budget_currency: Type.Optional(nullableText),
  custom: Type.Optional(custom),
};

/** A person who is there by contact_id, or found by phone and e-mail, or made. */
export const NewLead = Type.Object({ contact_id: Type.Optional(id), ...fields });
export type NewLead = Static<typeof NewLead>;

export const LeadPatch = Type.Object({ ...fields, stage_reason: Type.Optional(text(1_000)) });
export type LeadPatch = Static<typeof LeadPatch>;

export const LeadMove = Type.Object({ stage: oneOf(stages), reason: Type.Optional(text(1_000)) });

export const LeadOwner = Type.Object({
  owner_user_id: Type.Optional(nullableId),
  owner: Type.Optional({ ...nullableText, description: "By name, where owner_user_id is not given." }),
});

export const LeadConversion = Type.Object({
  contact_id: Type.Optional({ ...id, description: "Somebody else than the lead's person." }),
  organization_id: Type.Optional({ ...id, description: "Another organization than the person's." }),
  organization: Type.Optional({ ...text(300), description: "The same by its name, found or made." }),
  title: Type.Optional(text(500)),
  value: Type.Optional(amount),
  currency: Type.Optional(text(3)),
  stage: Type.Optional(oneOf(dealStageWords)),
  expected_close_on: Type.Optional(nullableDate),
});
export type LeadConversion = Static<typeof LeadConversion>;

export const LeadConverted = Type.Object({ lead: Lead, deal_id: id });

export const LeadStageChange = Type.Object({
  id,
  from: nullableText,
  to: oneOf(stages),
  reason: nullableText,
  changed_by: nullableId,
  changed_by_name: nullableText,
  changed_at: time,
});
export type LeadStageChange = Static<typeof LeadStageChange>;

export const LeadBulk = Type.Object({
  ids: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 10_000 })),
  filter: Type.Optional(
    Type.Object(
      {
        stage: Type.Optional(oneOf(stages)),
        owner_user_id: Type.Optional(id),
        source: Type.Optional(Type.String({ maxLength: 300 })),
        all: Type.Optional(Type.Literal(true, { description: "Says that nothing is to narrow it." })),
      },
      {
        minProperties: 1,
        additionalProperties: false,
        description: "Instead of ids: the newest ten thousand of these.",
      },
    ),
  ),
  action: oneOf(["assign", "set_stage"]),
  owner_user_id: Type.Optional(nullableId),
  owner: Type.Optional(nullableText),
  stage: Type.Optional(oneOf(stages)),
  reason: Type.Optional(text(1_000)),
});
export type LeadBulk = Static<typeof LeadBulk>;

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
