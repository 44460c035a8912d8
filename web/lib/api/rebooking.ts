import type { RebookingProposal } from "../../../shared/v1/rebooking.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

/** One call opens the conversation with free times at which the person usually comes. */
export function proposeVisit(
  contactId: number,
  idempotencyKey: string,
): Promise<{ message: { conversation_id: number }; proposal: RebookingProposal }> {
  return request(apiPaths.rebooking(contactId), { method: "POST", body: {}, idempotencyKey });
}
