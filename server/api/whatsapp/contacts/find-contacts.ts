import type { Static } from "typebox";
import type { ContactSort } from "../../../domain/contacts/contact-order.ts";
import { countContacts } from "../../../domain/contacts/count-contacts.ts";
import { listContacts } from "../../../domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../domain/contacts/search-contacts.ts";
import type { Ctx } from "../../../domain/context.ts";
import { countPeople } from "../../../domain/rollups/count-people.ts";
import { pageOf } from "../field-schemas.ts";
import type { ContactQuery, sortWords } from "./contact-schemas.ts";
import { presentListed } from "./present-contact.ts";

type Query = Static<typeof ContactQuery>;

/** A page of people, last message first. The total is exact; that of a search ends at 1,000, as do its pages. */
export async function findContacts(ctx: Ctx, query: Query) {
  const { limit, skip } = pageOf(query);
  const search = query.search?.trim() || undefined;
  const page = { sort: sortOf(query), limit, offset: skip };
  const [found, total] = await Promise.all([
    search === undefined ? listContacts(ctx, page) : searchContacts(ctx, { query: search, ...page }),
    search === undefined ? countPeople(ctx) : countContacts(ctx, { search }),
  ]);
  const pages = limit === 0 ? 0 : Math.ceil(total / limit);
  return { success: true, data: found.items.map(presentListed), pagination: { total, limit, skip, pages } };
}

function sortOf({ sort = "lastMessageAt", order }: Query): ContactSort {
  const [ascending, descending] = sorts[sort];
  return order === "1" || order === "asc" ? ascending : descending;
}

const sorts: Record<(typeof sortWords)[number], [ascending: ContactSort, descending: ContactSort]> = {
  lastMessageAt: ["lastChatAtAscending", "lastChatAt"],
  createdAt: ["createdAtAscending", "createdAt"],
  name: ["name", "nameDescending"],
};
