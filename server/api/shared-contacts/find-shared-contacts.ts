import type { Static } from "typebox";
import type { ContactSort } from "../../domain/contacts/contact-order.ts";
import { countContacts } from "../../domain/contacts/count-contacts.ts";
import { listContacts } from "../../domain/contacts/list-contacts.ts";
import { searchContacts } from "../../domain/contacts/search-contacts.ts";
import type { Ctx } from "../../domain/context.ts";
import { presentSharedContact } from "./present-shared-contact.ts";
import type { SharedContactQuery, sortWords } from "./shared-contact-schemas.ts";
import { filterOfWord } from "./shared-contact-words.ts";

type Query = Static<typeof SharedContactQuery>;

/** A page of people as both dialects read it. Every parameter of both works; they differ only in what holds where nothing is said. */
export async function findSharedContacts(ctx: Ctx, query: Query) {
  const limit = Math.min(query.limit ?? (speaksChatbot(query) ? 20 : 50), 100);
  const offset = query.skip ?? query.offset ?? 0;
  const filter = query.status === undefined ? {} : filterOfWord(query.status);
  const search = query.search?.trim() || undefined;
  const page = { filter, sort: sortOf(query), limit, offset };
  const [found, total] = await Promise.all([
    search === undefined ? listContacts(ctx, page) : searchContacts(ctx, { query: search, ...page }),
    countContacts(ctx, search === undefined ? filter : { ...filter, search }),
  ]);
  const data = found.items.map(presentSharedContact);
  const pages = limit === 0 ? 0 : Math.ceil(total / limit);
  const pagination = { limit, offset, skip: offset, count: data.length, total, pages };
  return { status: "success", success: true, data, pagination };
}

/** By parameters of its own. */
export function namesWhatsapp({ skip, search, sort, order }: Query): boolean {
  return [skip, search, sort, order].some((value) => value !== undefined);
}

/** Only by parameters of its own; with one of whatsapp's, or with none, whatsapp is spoken. */
export function speaksChatbot(query: Query): boolean {
  return !namesWhatsapp(query) && (query.offset !== undefined || query.status !== undefined);
}

function sortOf(query: Query): ContactSort {
  if (speaksChatbot(query)) return "leadScore";
  const [ascending, descending] = sorts[query.sort ?? "lastMessageAt"];
  return query.order === "1" || query.order === "asc" ? ascending : descending;
}

const sorts: Record<(typeof sortWords)[number], [ascending: ContactSort, descending: ContactSort]> = {
  lastMessageAt: ["lastChatAtAscending", "lastChatAt"],
  last_message_at: ["lastChatAtAscending", "lastChatAt"],
  createdAt: ["createdAtAscending", "createdAt"],
  created_at: ["createdAtAscending", "createdAt"],
  name: ["name", "nameDescending"],
  lead_score: ["leadScoreAscending", "leadScore"],
  leadScore: ["leadScoreAscending", "leadScore"],
};
