import { listContacts } from "../../server/domain/contacts/list-contacts.ts";
import { searchContacts } from "../../server/domain/contacts/search-contacts.ts";
import { searches } from "../fill/words.ts";
import type { Scenario } from "./scenario.ts";

const limit = 20;
const pages = 100;
/** Stands for an offset in the recorded statement; no other value of it is equal. */
const someOffset = 1_940;

export const contactLists: Scenario[] = [
  {
    name: "list contacts",
    requests: () => [{ method: "GET", path: "/api/crm/contacts?limit=20&offset=0" }],
    limit: () => [{ read: (ctx) => listContacts(ctx, { limit }) }],
  },
  {
    name: "list qualified contacts",
    requests: () => [{ method: "GET", path: "/api/crm/contacts?limit=20&offset=0&status=qualified" }],
    limit: () => [{ read: (ctx) => listContacts(ctx, { limit, filter: { temperature: "qualified" } }) }],
  },
  {
    name: "list contacts, pages 1 to 100",
    requests: () =>
      Array.from({ length: pages }, (_, page) => ({
        method: "GET",
        path: `/api/crm/contacts?limit=20&offset=${limit * page}`,
      })),
    limit: () => [
      {
        read: (ctx) => listContacts(ctx, { limit, offset: someOffset }),
        drawn: new Map([[someOffset, `${limit} * random(0, ${pages - 1})`]]),
      },
    ],
  },
  {
    name: "search contacts",
    requests: () =>
      searches.map((query) => ({
        method: "GET",
        path: `/chatbot/api/crm/contacts?limit=20&search=${encodeURIComponent(query)}`,
      })),
    limit: () => searches.map((query) => ({ read: (ctx) => searchContacts(ctx, { limit, query }) })),
  },
];
