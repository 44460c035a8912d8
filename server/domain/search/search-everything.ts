import type { ContactItem } from "../contacts/contact.ts";
import { searchContacts } from "../contacts/search-contacts.ts";
import type { Ctx } from "../context.ts";
import type { Deal } from "../deals/deal.ts";
import { searchDeals } from "../deals/search-deals.ts";
import { searchTasks } from "../tasks/search-tasks.ts";
import type { Task } from "../tasks/task.ts";
import { type FoundMessage, searchMessages } from "./search-messages.ts";

export type Found = { contacts: ContactItem[]; deals: Deal[]; tasks: Task[]; messages: FoundMessage[] };

/** A few of each kind, for a palette that looks everywhere at once. */
export async function searchEverything(ctx: Ctx, query: string, limit: number): Promise<Found> {
  const [contacts, deals, tasks, messages] = await Promise.all([
    searchContacts(ctx, { query, limit }),
    searchDeals(ctx, { query, limit }),
    searchTasks(ctx, { query, limit }),
    searchMessages(ctx, { query, limit }),
  ]);
  return { contacts: contacts.items, deals, tasks, messages: messages.items };
}
