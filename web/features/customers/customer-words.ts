import type { Appointment } from "../../../shared/v1/appointment.ts";
import type { CustomerRecord } from "../../../shared/v1/customer.ts";
import type { RebookingProposal } from "../../../shared/v1/rebooking.ts";
import type { CustomerLine, CustomerList } from "../../lib/api/customers.ts";
import { counted, dayAndClock, dayName, dayRange, placeTime } from "../../lib/format-time.ts";

export const customerLists = [
  { value: "all", label: "All", empty: "Whoever has a visit, or becomes a customer by a won deal, stands here." },
  {
    value: "follow-up",
    label: "Follow-up",
    empty: "Everybody was contacted within the last 30 days, or within their own time.",
  },
  { value: "repeat", label: "Repeat", empty: "Whoever comes a second time stands here." },
  {
    value: "due",
    label: "Due",
    empty: "Nobody's time to come again has begun. It is worked out from the days between a person's visits.",
  },
] satisfies { value: CustomerList; label: string; empty: string }[];

export const customerStatuses = [
  { value: "new", label: "New" },
  { value: "contacted", label: "Contacted" },
  { value: "qualified", label: "Qualified" },
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
  { value: "vip", label: "VIP" },
] satisfies { value: CustomerRecord["customer_status"]; label: string }[];

/** What a list is for, said of one person. */
export function lineWords(list: CustomerList, line: CustomerLine, now: number): string {
  switch (list) {
    case "all":
      return line.email ?? line.phone ?? "No address";
    case "follow-up":
      return line.last_contacted_at ? `Last contact ${dayName(line.last_contacted_at, now)}` : "Never contacted";
    case "repeat":
      return `${counted(line.completed_appointments ?? 0, "visit")}, about every ${line.average_days_between_visits ?? "?"} days`;
    case "due":
      return line.rhythm ? dueWords(line.rhythm) : "";
  }
}

export function dueWords({
  due_from_on: from,
  due_until_on: until,
}: {
  due_from_on: string;
  due_until_on: string;
}): string {
  return `Due ${dayRange(from, until)}`;
}

/** On the place's clock where the visit is among those read, as their list has it; empty until those are there. */
export function nextVisitWords(
  { next_appointment_at: at }: Pick<CustomerRecord, "next_appointment_at">,
  visits: (Pick<Appointment, "starts_at"> & { location: Pick<Appointment["location"], "time_zone"> })[] | undefined,
  now: number,
): string {
  if (at === null) return "none booked";
  if (!visits) return "";
  const visit = visits.find(({ starts_at: startsAt }) => startsAt === at);
  return visit ? placeTime(at, visit.location.time_zone) : dayAndClock(at, now);
}

/** By what way a proposal to come again would go now, or why none can. */
export function proposalWords({
  by,
  refusal,
  earlier,
  next_visit_at: nextVisitAt,
}: Pick<RebookingProposal, "by" | "refusal" | "earlier" | "next_visit_at">): string {
  if (by === null && (earlier || nextVisitAt) && refusal) return refusal;
  switch (by) {
    case "text":
      return "A proposal goes as a WhatsApp message with free times.";
    case "template":
      return "A proposal goes as a WhatsApp template.";
    case "mail":
      return "A proposal goes by e-mail.";
    case null:
      return `No proposal: ${refusal ?? "nothing can be sent now."}`;
  }
}
