import type { Ctx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { findOpenLead } from "./get-lead.ts";
import { leadCode } from "./lead.ts";

/** Refuses a second lead for who has an open one; one that became a deal is no hindrance. */
export async function refuseSecondLead(ctx: Ctx, contactId: number): Promise<void> {
  const open = await findOpenLead(ctx, contactId);
  if (open && open.convertedAt === null) throw duplicateLead(open);
}

export function duplicateLead({ id, number }: { id: number; number: number }): DomainError {
  return new DomainError({
    kind: "duplicate",
    entity: "lead",
    existingId: id,
    message: `This person has an open lead already: ${leadCode(number)}.`,
  });
}
