import type { LoadRequest } from "../load/plan.ts";
import { type Bench, type Scenario, spread } from "./scenario.ts";

const pool = 5_000;

function fixed(path: string): () => LoadRequest[] {
  return () => [{ method: "GET", path }];
}

/** Every second person has a conversation. */
function threads(bench: Bench): LoadRequest[] {
  return spread(pool, Math.floor(bench.contacts / 2) - 1).map((index) => ({
    method: "GET",
    path: `/api/crm/conversation/${bench.firstConversationId + index}?limit=50`,
  }));
}

/** What a team's screens ask of the WhatsApp document's surface all day. */
export const whatsappReads: Scenario[] = [
  { name: "whatsapp dashboard", requests: fixed("/api/crm/dashboard") },
  { name: "whatsapp analytics of 30 days", requests: fixed("/api/crm/analytics?days=30") },
  { name: "whatsapp analytics of a year", requests: fixed("/api/crm/analytics?days=365") },
  { name: "whatsapp list conversations", requests: fixed("/api/crm/conversations?limit=50") },
  { name: "whatsapp list open conversations", requests: fixed("/api/crm/conversations?status=open&limit=50") },
  { name: "whatsapp conversation and its messages", requests: threads },
  { name: "whatsapp list contacts", requests: fixed("/whatsapp/api/crm/contacts?limit=50") },
];
