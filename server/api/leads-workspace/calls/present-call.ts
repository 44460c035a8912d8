import { type Static, Type } from "typebox";
import type { Activity } from "../../../domain/activities/activity.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import { nobody } from "../leads/present-lead.ts";
import { callTypeOf } from "./call-words.ts";

export const CallView = Type.Object(
  {
    id: Type.String(),
    lead_id: Type.String(),
    type: Type.String(),
    duration: Type.Number(),
    from: Type.String(),
    to: Type.String(),
    phone: Type.String(),
    timestamp: Type.String(),
    status: Type.String(),
    notes: Type.String(),
    recordingUrl: Type.String(),
    loggedBy: Type.String(),
  },
  { title: "Call" },
);

/** A call that another surface logged may not say who spoke with whom: then who logged it spoke with the lead. */
export function presentCall(lead: Lead, call: Activity, names: Map<number, string>): Static<typeof CallView> {
  const member = call.userId === null ? undefined : names.get(call.userId);
  const isOutgoing = call.direction === "outgoing" || call.direction === null;
  const [from, to] = isOutgoing ? [member, lead.contactName] : [lead.contactName, member];
  return {
    id: String(call.id),
    lead_id: leadCode(lead.number),
    type: callTypeOf(call),
    duration: call.durationSeconds ?? 0,
    from: call.fromName ?? from ?? "",
    to: call.toName ?? to ?? "",
    phone: call.phone ?? lead.phone ?? "",
    timestamp: call.occurredAt,
    status: call.status ?? (call.direction === "missed" ? "missed" : "completed"),
    notes: call.description ?? "",
    recordingUrl: call.recordingUrl ?? "",
    loggedBy: member ?? nobody,
  };
}
