import type { Stage } from "../../../shared/stages.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { changePeopleStages, type StageChange } from "./change-people-stages.ts";

/** Moves one person through the funnel. Equal stages change nothing and give nothing; a person who is not there is refused. */
export async function changePersonStage(
  tx: TxCtx,
  contactId: number,
  stage: Stage,
  options: { reason?: string } = {},
): Promise<StageChange | null> {
  const { people, changes } = await changePeopleStages(tx, [{ contactId, stage, ...options }]);
  if (people === 0) throw notFound("contact", contactId);
  return changes[0] ?? null;
}
