import { queryOptions } from "@tanstack/react-query";
import type { NewRebooking, RebookingProposal } from "../../../shared/v1/rebooking.ts";
import { apiPaths } from "../paths.ts";
import { request } from "./request.ts";

type Again = Required<Pick<NewRebooking, "again">>;

/** What a proposal would say now, and by which way it would go; asked anew each time, because times are taken meanwhile. */
export function proposalQuery(contactId: number, { again }: Again) {
  return queryOptions({
    queryKey: ["contacts", contactId, "rebooking", again],
    queryFn: ({ signal }): Promise<RebookingProposal> =>
      request(`${apiPaths.rebooking(contactId)}${again ? "?again=true" : ""}`, { signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}

/** One call opens the conversation with free times at which the person usually comes. */
export function proposeVisit(
  contactId: number,
  { again }: Again,
  idempotencyKey: string,
): Promise<{ message: { conversation_id: number }; proposal: RebookingProposal }> {
  return request(apiPaths.rebooking(contactId), { method: "POST", body: again ? { again } : {}, idempotencyKey });
}
