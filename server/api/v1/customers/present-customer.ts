import type * as View from "../../../../shared/v1/customer.ts";
import { type CustomerRecord, repeatCountOf, type VisitStatistics } from "../../../domain/customers/customer-record.ts";
import type { DueCustomer } from "../../../domain/customers/list-due-customers.ts";
import type { ListedCustomer } from "../../../domain/customers/listed-customer.ts";
import type { LoyaltyEntry } from "../../../domain/customers/loyalty-entries.ts";
import type { RebookingProposal } from "../../../domain/rebooking/rebooking-proposal.ts";
import { presentMoney } from "../present-money.ts";
import { presentProposal } from "./present-proposal.ts";

export function presentRecord(record: CustomerRecord, tier: string): View.CustomerRecord {
  return {
    contact_id: record.contactId,
    customer_status: record.customerStatus,
    notes: record.notes,
    preferences: record.preferences,
    follow_up_after_days: record.followUpAfterDays,
    owner_user_id: record.ownerUserId,
    last_contacted_at: record.lastContactedAt,
    next_appointment_at: record.nextAppointmentAt,
    ...presentStatistics(record),
    loyalty_points: record.loyaltyPoints,
    loyalty_tier: tier,
    version: record.version,
    updated_at: record.updatedAt,
  };
}

export function presentCustomer(customer: ListedCustomer): View.ListedCustomer {
  return {
    contact_id: customer.contactId,
    name: customer.name,
    first_name: customer.firstName,
    last_name: customer.lastName,
    email: customer.email,
    phone: customer.phone,
    owner_user_id: customer.ownerUserId,
    customer_status: customer.customerStatus,
    last_contacted_at: customer.lastContactedAt,
    ...presentStatistics(customer),
  };
}

export function presentDueCustomer(customer: DueCustomer, proposal: RebookingProposal | undefined): View.DueCustomer {
  return {
    ...presentCustomer(customer),
    state: customer.state,
    proposal: proposal === undefined ? null : presentProposal(proposal),
  };
}

export function presentLoyaltyEntry(entry: LoyaltyEntry): View.LoyaltyEntry {
  return {
    id: entry.id,
    appointment_id: entry.appointmentId,
    kind: entry.kind,
    points: entry.points,
    reason: entry.reason,
    created_by: entry.createdBy,
    created_at: entry.createdAt,
  };
}

function presentStatistics(of: VisitStatistics) {
  return {
    total_appointments: of.appointmentsTotal,
    completed_appointments: of.appointmentsCompleted,
    cancelled_appointments: of.appointmentsCancelled,
    missed_appointments: of.appointmentsMissed,
    lifetime_value: presentMoney(of.lifetimeValue),
    first_appointment_at: of.firstVisitAt,
    last_appointment_at: of.lastVisitAt,
    is_repeat_customer: of.appointmentsCompleted >= 2,
    repeat_count: repeatCountOf(of),
    average_days_between_visits: of.averageGapDays,
    expected_next_visit_on: of.expectedNextVisitOn,
    rhythm: presentRhythm(of),
  };
}

function presentRhythm({
  medianGapDays,
  gapDeviationDays,
  dueFromOn,
  dueUntilOn,
}: VisitStatistics): View.Rhythm | null {
  if (medianGapDays === null || gapDeviationDays === null || dueFromOn === null || dueUntilOn === null) return null;
  return {
    median_days: medianGapDays,
    deviation_days: gapDeviationDays,
    due_from_on: dueFromOn,
    due_until_on: dueUntilOn,
  };
}
