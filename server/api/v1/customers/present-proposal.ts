import type * as View from "../../../../shared/v1/rebooking.ts";
import type { RebookingProposal } from "../../../domain/rebooking/rebooking-proposal.ts";

export function presentProposal(proposal: RebookingProposal): View.RebookingProposal {
  const { usual, language, text, times, by, refusal, plan, earlier, ahead } = proposal;
  return {
    language,
    text,
    by,
    channel_account_id: proposal.by === null ? null : proposal.plan.send.channelAccountId,
    refusal,
    waiting_reason: plan?.decision.outcome === "later" ? plan.decision.reason : null,
    earlier: earlier && { proposed_at: earlier.proposedAt, still_waits: earlier.stillWaits },
    next_visit_at: ahead?.startsAt ?? null,
    service: { id: usual.serviceId, name: usual.serviceName },
    provider: { id: usual.providerId, name: usual.providerName },
    location: { id: usual.locationId, name: usual.locationName, time_zone: usual.timeZone },
    times: times.map(({ startsAt, endsAt, providerId }) => ({
      starts_at: startsAt,
      ends_at: endsAt,
      provider_id: providerId,
    })),
  };
}
