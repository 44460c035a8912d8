import { Type } from "typebox";
import {
  AnyObject,
  Id,
  NullableId,
  NullableNumber,
  NullableText,
  oneOf,
  oneOfOrNull,
  pageFields,
  Time,
} from "../field-schemas.ts";
import { communicationDirections, communicationStatuses, communicationTypes } from "./communication-words.ts";

const Subject = Type.Unsafe<string | null>({ type: ["string", "null"], maxLength: 500 });

const fields = {
  direction: Type.Optional(oneOfOrNull(communicationDirections)),
  status: Type.Optional(oneOfOrNull(communicationStatuses)),
  subject: Type.Optional(Subject),
  notes: Type.Optional(NullableText),
  durationSeconds: Type.Optional(Type.Unsafe<number | null>({ type: ["number", "null"], minimum: 0 })),
  scheduledAt: Type.Optional(NullableText),
  occurredAt: Type.Optional(NullableText),
  outcome: Type.Optional(NullableText),
  recordingUrl: Type.Optional(NullableText),
  phone: Type.Optional(NullableText),
  from: Type.Optional(NullableText),
  to: Type.Optional(NullableText),
  relatedLeadId: Type.Optional(NullableId),
  metadata: Type.Optional(AnyObject),
};

export const NewCommunicationBody = Type.Object({ customerId: Id, type: oneOf(communicationTypes), ...fields });
export const CommunicationBody = Type.Object({ type: Type.Optional(oneOf(communicationTypes)), ...fields });

export const CommunicationView = Type.Object(
  {
    id: Type.String(),
    customerId: Type.String(),
    type: Type.String(),
    direction: NullableText,
    status: Type.String(),
    deliveryStatus: NullableText,
    subject: Type.String(),
    notes: NullableText,
    durationSeconds: NullableNumber,
    scheduledAt: NullableText,
    outcome: NullableText,
    recordingUrl: NullableText,
    phone: NullableText,
    from: NullableText,
    to: NullableText,
    relatedLeadId: NullableText,
    salespersonId: NullableText,
    salespersonName: NullableText,
    metadata: AnyObject,
    occurredAt: Time,
    createdAt: Time,
  },
  { title: "Communication" },
);

/** What was just written; of a note the names of those mentioned whom nobody tells, where there are any. */
export const WrittenCommunication = Type.Object({
  ...CommunicationView.properties,
  mentionsNotTold: Type.Optional(Type.Array(Type.String())),
});

export const CommunicationList = Type.Array(CommunicationView);

export const CommunicationQuery = Type.Object({
  ...pageFields,
  type: Type.Optional(oneOf(communicationTypes)),
  startDate: Type.Optional(Type.String()),
  endDate: Type.Optional(Type.String({ description: "A date counts to its end." })),
});
