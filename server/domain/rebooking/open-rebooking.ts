import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { getMessage } from "../conversations/get-message.ts";
import type { Message } from "../conversations/list-messages.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import type { SendDecision } from "../policy/send-decision.ts";
import { type ProposalOptions, type RebookingProposal, rebookingProposals } from "./rebooking-proposal.ts";
import { queueProposal } from "./send-proposal.ts";

export type OpenedRebooking = { message: Message; decision: SendDecision; proposal: RebookingProposal };

/** Opens the conversation with somebody whose time has come, by proposing times. What the policy refuses is thrown, nothing is written. */
export async function openRebooking(ctx: Ctx, contactId: number, options: ProposalOptions): Promise<OpenedRebooking> {
  return ctx.transact(async (tx) => {
    // Whoever proposes at the same time waits, and then sees that it was done.
    await lockNames(tx, [`rebooking ${contactId}`]);
    const proposal = await proposalFor(tx, contactId, options);
    const { plan, refusal } = proposal;
    if (!plan) throw conflict(refusal);
    const { messageId, decision } = await queueProposal(tx, plan);
    if (messageId === null) throw refused(decision);
    const subject = { kind: "contact", id: contactId } as const;
    await recordEvent(tx, { type: "contact.rebooking_proposed", subject, contactId, data: { messageId } });
    return { message: await getMessage(tx, messageId), decision, proposal };
  });
}

/** What would be proposed to one person now. */
export async function proposalFor(ctx: Ctx, contactId: number, options: ProposalOptions): Promise<RebookingProposal> {
  await requireContact(ctx, contactId);
  const proposal = (await rebookingProposals(ctx, [contactId], options)).get(contactId);
  if (!proposal) throw conflict("This person has not been here yet, so there is no visit to go by.");
  return proposal;
}

function refused(decision: SendDecision): Error {
  if (decision.outcome !== "refused") return new Error("a message was neither stored nor refused");
  const { obstacle, reason, alternatives } = decision;
  return new DomainError({ kind: "send_refused", obstacle, message: reason, alternatives });
}

function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}
