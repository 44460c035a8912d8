import { countContacts } from "../../../server/domain/contacts/count-contacts.ts";
import { listContacts } from "../../../server/domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { topContacts } from "../../../server/domain/contacts/top-contacts.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { listOrganizations } from "../../../server/domain/organizations/list-organizations.ts";
import { factsOf } from "../../../server/domain/scoring/facts-of.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of people and organizations. */
export const contactCases: ListCase[] = [
  {
    name: "contacts, best lead first",
    read: (ctx) => listContacts(ctx, page),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "contacts from an offset",
    read: (ctx) => listContacts(ctx, { ...page, offset: 200 }),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "contacts after a cursor",
    read: (ctx) => listContacts(ctx, { ...page, cursor: { key: 50, id: 100_000 } }),
    index: "contacts_company_id_lead_score_idx",
  },
  {
    name: "qualified contacts",
    read: (ctx) => listContacts(ctx, { ...page, filter: { temperature: "qualified" } }),
    index: "contacts_company_id_temperature_idx",
  },
  {
    name: "contacts in a stage",
    read: (ctx) => listContacts(ctx, { ...page, filter: { stage: "opportunity" } }),
    index: "contacts_company_id_temperature_idx",
  },
  {
    name: "contacts, newest first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "createdAt" }),
    index: "contacts_company_id_created_at_idx",
  },
  {
    name: "contacts, last message first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "lastMessageAt" }),
    index: "contact_inbox_company_id_last_message_at_idx",
  },
  {
    name: "contacts, last message by WhatsApp first",
    read: (ctx) => listContacts(ctx, { ...page, sort: "lastChatAt" }),
    index: "contact_inbox_company_id_last_chat_at_idx",
  },
  {
    name: "contacts by name",
    read: (ctx) => listContacts(ctx, { ...page, sort: "name" }),
    index: "contact_search_company_id_search_text_idx",
  },
  {
    name: "contacts found by a common part of the name",
    read: (ctx) => searchContacts(ctx, { ...page, query: "lefev" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts found by a rare part of the name",
    read: (ctx) => searchContacts(ctx, { ...page, query: "4711" }),
    index: "contact_search_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts found by a long and a short part",
    read: (ctx) => searchContacts(ctx, { ...page, query: "lefev w" }),
    index: "contact_search_trgm_idx",
    mostRows: 2_000,
  },
  {
    name: "contacts whose name begins with two letters",
    read: (ctx) => searchContacts(ctx, { ...page, query: "zo" }),
    index: "contact_search_company_id_search_text_idx",
    mostRows: 20_000,
  },
  {
    name: "contacts with a word of two letters",
    read: (ctx) => searchContacts(ctx, { ...page, query: "wu" }),
    index: "contact_search_trgm_idx",
    mostRows: 20_000,
  },
  {
    name: "contacts with two letters anywhere",
    read: (ctx) => searchContacts(ctx, { ...page, query: "hn d" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 20_000,
  },
  {
    name: "people counted by two letters",
    read: (ctx) => countContacts(ctx, { search: "wu" }),
    index: "contacts_company_id_lead_score_idx",
    mostRows: 20_000,
  },
  {
    name: "organizations by name",
    read: (ctx) => listOrganizations(ctx, page),
    index: "organizations_company_id_name_idx",
  },
  {
    name: "organizations found",
    read: (ctx) => listOrganizations(ctx, { ...page, search: "ltd 3145" }),
    index: "organizations_name_trgm_idx",
  },
  {
    name: "people of an organization",
    read: peopleOfSomeOrganization,
    index: "contacts_company_id_organization_id_idx",
  },
  {
    name: "those with most messages",
    read: (ctx) => topContacts(ctx, 5),
    index: "contact_inbox_company_id_chat_count_idx",
  },
  {
    name: "the facts of a score",
    read: (ctx, contactId) => factsOf(ctx.db, ctx.companyId, [contactId]),
    index: "messages_company_id_contact_id_idx",
  },
];

async function peopleOfSomeOrganization(ctx: Ctx): Promise<unknown> {
  const { items } = await listOrganizations(ctx, page);
  return listContacts(ctx, { ...page, filter: { organizationId: items[0]?.id ?? 0 } });
}
