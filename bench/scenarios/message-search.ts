import { bestMessages, searchMessages } from "../../server/domain/search/search-messages.ts";
import type { Scenario } from "./scenario.ts";

/** Words that each twelfth message holds, beginnings, phrases, without accents; and some that no message holds, which ask the index. */
const queries = [
  "yearly",
  "catalogo",
  "preco consulta",
  '"ten minutes"',
  "appointm",
  "termin frei",
  "suppo",
  "zebra",
  '"plan minutes"',
  "thursday demo",
];
const limit = 20;

function path(query: string, sort: string): string {
  return `/v1/search/messages?limit=${limit}&sort=${sort}&q=${encodeURIComponent(query)}`;
}

export const messageSearches: Scenario[] = [
  {
    name: "message-search, newest first",
    requests: () => queries.map((query) => ({ method: "GET", path: path(query, "newest") })),
    limit: () => queries.map((query) => ({ read: (ctx) => searchMessages(ctx, { query, limit }) })),
  },
  {
    name: "message-search, best first",
    requests: () => queries.map((query) => ({ method: "GET", path: path(query, "best") })),
    limit: () => queries.map((query) => ({ read: (ctx) => bestMessages(ctx, { query, limit }) })),
  },
];
