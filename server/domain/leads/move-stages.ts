import { closedStages, type Stage } from "../../../shared/stages.ts";
import { writeContactStages } from "../contacts/write-contact-stage.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { writeLeadStages } from "./write-lead-stages.ts";

export type LeadMove = {
  leadId: number;
  contactId: number;
  from: Stage;
  to: Stage;
  reason?: string;
  /** The person's own stage; null where another lead of theirs says it. */
  personFrom: Stage | null;
};

/** Moves leads, and the people whose stage they say. All of their rows are held by the caller. */
export async function moveStages(tx: TxCtx, moves: LeadMove[]): Promise<void> {
  await writeLeadStages(
    tx,
    moves.map(({ leadId, from, to, reason }) => ({
      ...{ id: leadId, from, stage: to, reason: reason ?? null, closed: closedStages.includes(to) },
    })),
  );
  await writeContactStages(
    tx,
    moves.flatMap(({ contactId, personFrom, to }) =>
      personFrom === null || personFrom === to ? [] : [{ contactId, stage: to }],
    ),
  );
  await recordEvents(
    tx,
    moves.map(({ leadId, contactId, from, to, reason }) => ({
      ...{ type: "lead.stage_changed", subject: { kind: "lead", id: leadId }, contactId },
      ...{ before: { stage: from }, after: { stage: to }, data: reason === undefined ? {} : { reason } },
    })),
  );
}
