import type { Static } from "typebox";
import { listContacts } from "../../../domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../domain/contacts/search-contacts.ts";
import type { Ctx } from "../../../domain/context.ts";
import { filterOfLeadStatus } from "../lead-status.ts";
import { pageOfQuery } from "../page-of-query.ts";
import type { ContactQuery } from "./contact-schemas.ts";
import { presentContact } from "./present-contact.ts";

/** A page of people, best lead first, with a search or without. */
export async function findContacts(ctx: Ctx, query: Static<typeof ContactQuery>) {
  const page = pageOfQuery(query);
  const filter = query.status === undefined ? {} : filterOfLeadStatus(query.status);
  const search = query.search?.trim();
  const found = search
    ? await searchContacts(ctx, { query: search, filter, ...page })
    : await listContacts(ctx, { filter, ...page });
  const data = found.items.map(presentContact);
  return { status: "success", data, pagination: { ...page, count: data.length } };
}
