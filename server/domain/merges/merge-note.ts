import type { JsonObject } from "../../../shared/json.ts";
import type { MovedVisits } from "../appointments/move-visits.ts";
import type { IdentityName } from "../contacts/move-identities.ts";
import type { MovedConversation } from "../conversations/move-conversations.ts";
import type { MergedRecord } from "../customers/merge-records.ts";
import type { MovedLeads } from "../leads/move-leads.ts";

/** Everything a merge did, as its row keeps it: an undo takes back exactly this. */
export type MergeNote = {
  identities: IdentityName[];
  conversations: MovedConversation[];
  leads: MovedLeads;
  deals: number[];
  tasks: number[];
  activities: number[];
  notes: number[];
  attachments: number[];
  notifications: number[];
  consents: number[];
  events: number[];
  tags: number[];
  /** Merges from before there were visits have none. */
  visits?: MovedVisits;
  /** Nor these. */
  record?: MergedRecord;
  /** Columns of the kept person that the merge wrote, before and after. */
  fields: { before: JsonObject; after: JsonObject };
};
