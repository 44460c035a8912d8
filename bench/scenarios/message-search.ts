import { bestMessages, searchMessages } from "../../server/domain/search/search-messages.ts";
import { wordOfRank } from "../fill/spoken-text.ts";
import type { Scenario } from "./scenario.ts";

/** Words of the vocabulary by their place in it; the last of a query is a beginning too, as while somebody types. */
const words = (...ranks: number[]) => ranks.map(wordOfRank).join(" ");

/** In most messages, in every hundredth, and pairs of these; a phrase; what the lines of the trade hold. */
const common = [
  words(0),
  words(4),
  words(17),
  words(60),
  words(0, 3),
  words(12, 30),
  `"${words(0, 1)}"`,
  "yearly",
  "catalogo",
];
/** In some hundred of a million messages or in one; a beginning; and what no message holds, which asks the index. */
const rare = [
  words(900),
  words(3_000),
  words(9_000),
  words(14_000),
  words(5_000, 2),
  words(700, 40),
  "quinder",
  "zebra",
  '"plan minutes"',
];
const limit = 20;

function path(query: string, sort: string): string {
  return `/v1/search/messages?limit=${limit}&sort=${sort}&q=${encodeURIComponent(query)}`;
}

export const messageSearches: Scenario[] = [...scenariosOf("common words", common), ...scenariosOf("rare words", rare)];

function scenariosOf(kind: string, queries: string[]): Scenario[] {
  return [
    {
      name: `message-search, ${kind}, newest first`,
      requests: () => queries.map((query) => ({ method: "GET", path: path(query, "newest") })),
      limit: () => queries.map((query) => ({ read: (ctx) => searchMessages(ctx, { query, limit }) })),
    },
    {
      name: `message-search, ${kind}, best first`,
      requests: () => queries.map((query) => ({ method: "GET", path: path(query, "best") })),
      limit: () => queries.map((query) => ({ read: (ctx) => bestMessages(ctx, { query, limit }) })),
    },
  ];
}
