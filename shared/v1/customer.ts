import { type Static, Type } from "typebox";
import { amount } from "./booking.ts";
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
import { RebookingProposal } from "./rebooking.ts";

const customerStatus = oneOf(["new", "contacted", "qualified", "active", "inactive", "vip"]);
const nullableInteger = Type.Unsafe<number | null>({ type: ["integer", "null"] });

/** What follows from a person's completed visits. */
const statistics = {
  total_appointments: Type.Integer(),
  completed_appointments: Type.Integer(),
  cancelled_appointments: Type.Integer(),
  missed_appointments: Type.Integer(),
  lifetime_value: Type.Number(),
  first_appointment_at: nullableTime,
  last_appointment_at: nullableTime,
  is_repeat_customer: Type.Boolean(),
  repeat_count: Type.Integer(),
  average_days_between_visits: nullableInteger,
  expected_next_visit_on: nullableDate,
  rhythm: Type.Unsafe<Rhythm | null>({
    type: ["object", "null"],
    description: "The median of the days between visits, its spread, and from when to when the next one is due.",
    properties: {
      median_days: Type.Number(),
      deviation_days: Type.Number(),
      due_from_on: Type.String(),
      due_until_on: Type.String(),
    },
  }),
};

export type Rhythm = { median_days: number; deviation_days: number; due_from_on: string; due_until_on: string };

export const CustomerRecord = Type.Object(
  {
    contact_id: id,
    customer_status: customerStatus,
    notes: nullableText,
    preferences: custom,
    follow_up_after_days: nullableInteger,
    owner_user_id: nullableId,
    last_contacted_at: nullableTime,
    next_appointment_at: nullableTime,
    ...statistics,
    loyalty_points: Type.Integer(),
    loyalty_tier: Type.String(),
    version,
    updated_at: time,
  },
  { title: "CustomerRecord" },
);
export type CustomerRecord = Static<typeof CustomerRecord>;

/** Only what is given changes; null clears. `active` and `vip` make the person a customer. */
export const CustomerRecordPatch = Type.Object({
  customer_status: Type.Optional(customerStatus),
  notes: Type.Optional(nullableText),
  preferences: Type.Optional(custom),
  follow_up_after_days: Type.Optional(nullableInteger),
  owner_user_id: Type.Optional(nullableId),
});
export type CustomerRecordPatch = Static<typeof CustomerRecordPatch>;

export const ListedCustomer = Type.Object({
  contact_id: id,
  name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: nullableText,
  phone: nullableText,
  owner_user_id: nullableId,
  customer_status: customerStatus,
  last_contacted_at: nullableTime,
  ...statistics,
});
export type ListedCustomer = Static<typeof ListedCustomer>;

const proposal = Type.Unsafe<RebookingProposal | null>({
  ...Type.Union([RebookingProposal, Type.Null()]),
  description: "Null where proposals=false was asked.",
});

export const DueCustomer = Type.Object({ ...ListedCustomer.properties, state: oneOf(["due", "overdue"]), proposal });
export type DueCustomer = Static<typeof DueCustomer>;

export const CustomerQuery = Type.Object({ ...paging, owner_user_id: Type.Optional(id) });
export type CustomerQuery = Static<typeof CustomerQuery>;

export const FollowUpQuery = Type.Object({
  ...CustomerQuery.properties,
  days_threshold: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 36_500, description: "Each person's own, or 30, where not said." }),
  ),
});
export type FollowUpQuery = Static<typeof FollowUpQuery>;

export const DueQuery = Type.Object({
  ...CustomerQuery.properties,
  state: Type.Optional(oneOf(["overdue"])),
  proposals: Type.Optional(
    Type.Unsafe<"true" | "false">({
      type: "string",
      enum: ["true", "false"],
      description: "What a message to each would say; true where not said.",
    }),
  ),
});
export type DueQuery = Static<typeof DueQuery>;

export const LoyaltyEntry = Type.Object({
  id,
  appointment_id: nullableId,
  kind: oneOf(["earned", "reversed", "adjusted", "redeemed"]),
  points: Type.Integer(),
  reason: nullableText,
  created_by: nullableId,
  created_at: time,
});
export type LoyaltyEntry = Static<typeof LoyaltyEntry>;

export const Loyalty = Type.Object({
  contact_id: id,
  points: Type.Integer(),
  earned: Type.Integer({ description: "All points but those that were redeemed; the tier counts them." }),
  tier: Type.String(),
  next_tier: Type.Unsafe<{ name: string; points_missing: number } | null>({
    type: ["object", "null"],
    properties: { name: Type.String(), points_missing: Type.Integer() },
  }),
  data: Type.Array(LoyaltyEntry),
  next_cursor: nullableText,
});
export type Loyalty = Static<typeof Loyalty>;

export const LoyaltyQuery = Type.Object(paging);
export type LoyaltyQuery = Static<typeof LoyaltyQuery>;

export const NewLoyaltyEntry = Type.Object({
  kind: oneOf(["adjusted", "redeemed"]),
  points: Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 }),
  reason: Type.Optional(nullableText),
});
export type NewLoyaltyEntry = Static<typeof NewLoyaltyEntry>;

const tiers = Type.Array(Type.Object({ name: text(100), from: Type.Integer({ minimum: 0 }) }), { maxItems: 20 });

export const LoyaltyRules = Type.Object({ points_per_unit: Type.Number(), tiers, version });
export type LoyaltyRules = Static<typeof LoyaltyRules>;

export const LoyaltyRulesPatch = Type.Object({
  points_per_unit: Type.Optional(amount),
  tiers: Type.Optional(tiers),
});
export type LoyaltyRulesPatch = Static<typeof LoyaltyRulesPatch>;
