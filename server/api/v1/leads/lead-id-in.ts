import type { Ctx } from "../../../domain/context.ts";
import { leadIdOfNumber } from "../../../domain/leads/get-lead.ts";
import { leadNumberIn } from "../../../domain/leads/lead.ts";
import { idIn } from "../path-params.ts";

/** The lead of a path: its id, or its code as people read it ("LEAD-007"). */
export async function leadIdIn(ctx: Ctx, params: { id: string }): Promise<number> {
  const number = leadNumberIn(params.id);
  return number === undefined ? idIn(params, "lead") : leadIdOfNumber(ctx, number);
}
