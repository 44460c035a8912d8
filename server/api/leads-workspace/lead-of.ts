import type { Ctx } from "../../domain/context.ts";
import { DomainError, notFound } from "../../domain/domain-error.ts";
import { getLead, getLeadByNumber } from "../../domain/leads/get-lead.ts";
import { type Lead, leadCode, leadNumberIn } from "../../domain/leads/lead.ts";

/** The lead of a path, in any spelling: LEAD-012 is the company's own count, 12 and lead_12 are its id. */
export async function leadOf(ctx: Ctx, spelled: string): Promise<Lead> {
  const number = leadNumberIn(spelled);
  if (number !== undefined) return getLeadByNumber(ctx, number);
  const digits = /^(?:lead_)?0*([1-9]\d{0,14})$/i.exec(spelled.trim())?.[1];
  if (digits === undefined) throw notFound("lead", spelled.slice(0, 100));
  return getLead(ctx, Number(digits));
}

type Naming = { lead_id?: string | number | null; leadId?: string | number | null };

/** Refuses a body that speaks of another lead than the path. */
export function requireSameLead(lead: Lead, body: Naming): void {
  for (const [field, said] of [
    ["lead_id", body.lead_id],
    ["leadId", body.leadId],
  ] as const) {
    if (said === undefined || said === null || said === "" || means(lead, String(said))) continue;
    const message = `${field} names another lead than the path: ${leadCode(lead.number)}`;
    throw new DomainError({ kind: "invalid", problems: [{ path: field, message, part: "body" }] });
  }
}

function means(lead: Lead, said: string): boolean {
  if (leadNumberIn(said) === lead.number) return true;
  return Number(/^(?:lead_)?0*([1-9]\d{0,14})$/i.exec(said.trim())?.[1]) === lead.id;
}
