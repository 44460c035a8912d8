import { Type } from "typebox";
import { dealStageWords } from "../../../../shared/deal-stages.ts";
import { Id, Money, NullableText, oneOf, pageFields, searchField } from "../field-schemas.ts";

/** The document's six and what clients in use send besides. */
export const stageWords = [...dealStageWords, "initial", "closing"] as const;

const optionalFields = {
  description: Type.Optional(NullableText),
  value: Type.Optional(Money),
  deal_value: Type.Optional(Money),
  estimatedValue: Type.Optional(Money),
  currency: Type.Optional(Type.String()),
  stage: Type.Optional(oneOf(stageWords)),
  probability: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  expected_close_date: Type.Optional(NullableText),
};

export const NewDealBody = Type.Object({ contact_id: Id, title: Type.String(), ...optionalFields });

export const DealBody = Type.Object({
  contact_id: Type.Optional(Id),
  title: Type.Optional(Type.String()),
  ...optionalFields,
});

const DealContact = Type.Object({ name: NullableText, company: NullableText, phone_number: NullableText });

export const DealView = Type.Object(
  {
    id: Type.String(),
    contact_id: Type.String(),
    title: Type.String(),
    description: NullableText,
    value: Type.Number(),
    currency: Type.String(),
    stage: Type.String(),
    probability: Type.Integer(),
    expected_close_date: NullableText,
    created_at: Type.String(),
    contact: DealContact,
    contacts: DealContact,
  },
  { title: "Deal" },
);

export const DealList = Type.Object({ status: Type.String(), data: Type.Array(DealView) });
export const OneDeal = Type.Object({ status: Type.String(), data: DealView });
export const DealCreated = Type.Object({ status: Type.String(), message: Type.String(), deal_id: Type.String() });

export const DealsOfContactQuery = Type.Object({
  ...pageFields,
  ...searchField,
  stage: Type.Optional(oneOf(stageWords)),
});
export const DealQuery = Type.Object({ ...DealsOfContactQuery.properties, contact_id: Type.Optional(Type.String()) });
