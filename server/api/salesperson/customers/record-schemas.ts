import { Type } from "typebox";
import { customerStatuses } from "../../../domain/customers/customer-record.ts";
import { ActionList } from "../actions/action-schemas.ts";
import { CommunicationList } from "../communications/communication-schemas.ts";
import { AnyObject, NullableId, NullableNumber, NullableText, oneOf, Time } from "../field-schemas.ts";
import { CustomerTagView } from "../tags/customer-tag-view.ts";

export const CustomerNames = Type.Object({
  firstName: Type.String(),
  lastName: Type.String(),
  name: Type.String(),
  email: NullableText,
  phone: NullableText,
});

/** What a person's visits say, in the document's words. */
export const statisticsFields = {
  lifetimeValue: Type.Number(),
  totalAppointments: Type.Integer(),
  completedAppointments: Type.Integer(),
  cancelledAppointments: Type.Integer(),
  missedAppointments: Type.Integer(),
  lastAppointmentDate: NullableText,
  averageDaysBetweenVisits: NullableNumber,
  isRepeatCustomer: Type.Boolean(),
  repeatCount: Type.Integer(),
  expectedNextVisit: NullableText,
};

const Treatment = Type.Object({
  appointmentId: Type.String(),
  serviceName: Type.String(),
  clinicName: Type.String(),
  providerName: Type.String(),
  date: Time,
  totalAmount: Type.Number(),
  treatmentDetails: AnyObject,
});

export const RecordView = Type.Object(
  {
    id: Type.String(),
    customerId: Type.String(),
    customerStatus: Type.String(),
    ...statisticsFields,
    nextAppointmentDate: NullableText,
    lastContactDate: NullableText,
    notes: NullableText,
    preferences: AnyObject,
    followUpAfterDays: NullableNumber,
    assignedSalesId: NullableText,
    loyaltyPoints: Type.Integer(),
    version: Type.Integer(),
    updatedAt: Time,
  },
  { title: "CustomerRecord" },
);

const AppointmentView = Type.Object({
  id: Type.String(),
  serviceName: Type.String(),
  clinicName: Type.String(),
  providerName: Type.String(),
  startTime: Time,
  endTime: Time,
  status: Type.String(),
  totalAmount: Type.Number(),
  currency: Type.String(),
  treatmentDetails: AnyObject,
  notes: NullableText,
});

const Summary = Type.Object({
  totalAppointments: Type.Integer(),
  completedAppointments: Type.Integer(),
  lifetimeValue: Type.Number(),
  lastAppointment: NullableText,
  nextAppointment: NullableText,
  isRepeatCustomer: Type.Boolean(),
  repeatCount: Type.Integer(),
});

export const FileView = Type.Object({
  record: Type.Object({ ...RecordView.properties, treatmentHistory: Type.Array(Treatment) }),
  customer: CustomerNames,
  appointments: Type.Array(AppointmentView),
  communications: CommunicationList,
  actions: ActionList,
  tags: Type.Array(CustomerTagView),
  summary: Summary,
});

export const RecordBody = Type.Object({
  customerStatus: Type.Optional(oneOf(customerStatuses)),
  notes: Type.Optional(NullableText),
  preferences: Type.Optional(AnyObject),
  followUpAfterDays: Type.Optional(Type.Unsafe<number | null>({ type: ["integer", "null"] })),
  assignedSalesId: Type.Optional(NullableId),
});
