import type { Appointment } from "../../../domain/appointments/appointment.ts";
import type { Contact } from "../../../domain/contacts/contact.ts";
import { type CustomerRecord, repeatCountOf, type VisitStatistics } from "../../../domain/customers/customer-record.ts";
import type { CustomerFile } from "../../../domain/customers/get-customer-file.ts";
import { presentAction } from "../actions/present-action.ts";
import { presentCommunication } from "../communications/present-communication.ts";
import { presentMoney } from "../money.ts";
import { idText } from "../read-ids.ts";
import { presentCustomerTag } from "../tags/present-tag.ts";

export function presentFile(file: CustomerFile, now: Date) {
  const { record, appointments } = file;
  const treatments = appointments.filter(({ status }) => status === "completed");
  return {
    record: { ...presentRecord(record), treatmentHistory: treatments.map(presentTreatment) },
    customer: presentNames(file.contact),
    appointments: appointments.map(presentAppointment),
    communications: file.communications.map(presentCommunication),
    actions: file.tasks.map((task) => presentAction(task, now)),
    tags: file.tags.map((tag) => presentCustomerTag(tag, record.contactId)),
    summary: presentSummary(record),
  };
}

export function presentRecord(record: CustomerRecord) {
  return {
    id: idText(record.contactId),
    customerId: idText(record.contactId),
    customerStatus: record.customerStatus,
    ...presentStatistics(record),
    nextAppointmentDate: record.nextAppointmentAt,
    lastContactDate: record.lastContactedAt,
    notes: record.notes,
    preferences: record.preferences,
    followUpAfterDays: record.followUpAfterDays,
    assignedSalesId: idText(record.ownerUserId),
    loyaltyPoints: record.loyaltyPoints,
    version: record.version,
    updatedAt: record.updatedAt,
  };
}

export function presentStatistics(of: VisitStatistics) {
  return {
    lifetimeValue: presentMoney(of.lifetimeValue),
    totalAppointments: of.appointmentsTotal,
    completedAppointments: of.appointmentsCompleted,
    cancelledAppointments: of.appointmentsCancelled,
    missedAppointments: of.appointmentsMissed,
    lastAppointmentDate: of.lastVisitAt,
    averageDaysBetweenVisits: of.averageGapDays,
    isRepeatCustomer: of.appointmentsCompleted >= 2,
    repeatCount: repeatCountOf(of),
    expectedNextVisit: of.expectedNextVisitOn,
  };
}

export function presentNames(of: Pick<Contact, "name" | "firstName" | "lastName" | "email" | "phone">) {
  return { firstName: of.firstName, lastName: of.lastName, name: of.name, email: of.email, phone: of.phone };
}

function presentSummary(record: CustomerRecord) {
  return {
    totalAppointments: record.appointmentsTotal,
    completedAppointments: record.appointmentsCompleted,
    lifetimeValue: presentMoney(record.lifetimeValue),
    lastAppointment: record.lastVisitAt,
    nextAppointment: record.nextAppointmentAt,
    isRepeatCustomer: record.appointmentsCompleted >= 2,
    repeatCount: repeatCountOf(record),
  };
}

function presentAppointment(appointment: Appointment) {
  return {
    id: idText(appointment.id),
    serviceName: appointment.serviceName,
    clinicName: appointment.locationName,
    providerName: appointment.providerName,
    startTime: appointment.startsAt,
    endTime: appointment.endsAt,
    status: appointment.status,
    totalAmount: presentMoney(appointment.amount),
    currency: appointment.currency,
    treatmentDetails: appointment.treatmentDetails,
    notes: appointment.notes,
  };
}

function presentTreatment(appointment: Appointment) {
  return {
    appointmentId: idText(appointment.id),
    serviceName: appointment.serviceName,
    clinicName: appointment.locationName,
    providerName: appointment.providerName,
    date: appointment.startsAt,
    totalAmount: presentMoney(appointment.amount),
    treatmentDetails: appointment.treatmentDetails,
  };
}
