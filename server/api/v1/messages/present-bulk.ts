import type * as View from "../../../../shared/v1/message.ts";
import type { BulkResult } from "../../../domain/sends/queue-messages.ts";
import { presentDecision } from "../sending/present-decision.ts";

export function presentBulk(results: BulkResult[]): View.BulkResults {
  const queued = results.filter(({ outcome }) => outcome === "queued").length;
  return { queued, skipped: results.length - queued, data: results.map(presentResult) };
}

function presentResult(result: BulkResult): View.BulkResults["data"][number] {
  const { contactId, outcome, decision } = result;
  return {
    contact_id: contactId,
    outcome,
    channel_account_id: result.channelAccountId,
    message_id: result.outcome === "queued" ? result.message.id : null,
    reason: result.outcome === "skipped" ? result.reason : null,
    decision: decision && presentDecision(decision),
  };
}
