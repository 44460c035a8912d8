import { type RawBuilder, sql } from "kysely";

export const contactSorts = [
  "leadScore",
  "leadScoreAscending",
  "createdAt",
  "createdAtAscending",
  "lastMessageAt",
  "lastMessageAtAscending",
  "name",
  "nameDescending",
] as const;
export type ContactSort = (typeof contactSorts)[number];

/** Where a list goes on: the sort key of the last row and its id. */
export type ContactCursor = { key: string | number | null; id: number };

type Order = { key: RawBuilder<unknown>; by: RawBuilder<unknown> };

/** Each is an index's own order, forwards or backwards, so that a page is read, not sorted. */
export const contactOrders: Record<ContactSort, Order> = {
  leadScore: { key: sql`c.lead_score`, by: sql`c.lead_score desc, c.id desc` },
  leadScoreAscending: { key: sql`c.lead_score`, by: sql`c.lead_score, c.id` },
  createdAt: { key: sql`c.created_at`, by: sql`c.created_at desc, c.id desc` },
  createdAtAscending: { key: sql`c.created_at`, by: sql`c.created_at, c.id` },
  lastMessageAt: { key: sql`c.last_message_at`, by: sql`c.last_message_at desc nulls last, c.id desc` },
  lastMessageAtAscending: { key: sql`c.last_message_at`, by: sql`c.last_message_at asc nulls first, c.id asc` },
  name: { key: sql`c.search_text`, by: sql`c.search_text, c.id` },
  nameDescending: { key: sql`c.search_text`, by: sql`c.search_text desc, c.id desc` },
};

type CursorArgument = <Key extends keyof ContactCursor>(key: Key) => ContactCursor[Key];

/** A stretch of a sorted list, from a cursor on: null sort keys are a stretch of their own, because no row comparison spans them. */
export type Stretch = "from start" | "after" | "after null" | "nulls" | "not null";

/** The stretches that make up the rest of the list behind a cursor, in order. */
export function stretchesAfter(sort: ContactSort, cursor: ContactCursor): Stretch[] {
  if (sort === "lastMessageAt") return cursor.key === null ? ["after null"] : ["after", "nulls"];
  if (sort === "lastMessageAtAscending") return cursor.key === null ? ["after null", "not null"] : ["after"];
  return ["after"];
}

export function stretchSql(sort: ContactSort, stretch: Stretch, arg: CursorArgument): RawBuilder<unknown> {
  switch (stretch) {
    case "from start":
      return sql``;
    case "nulls":
      return sql`and c.last_message_at is null`;
    case "not null":
      return sql`and c.last_message_at is not null`;
    case "after null":
      return sort === "lastMessageAt"
        ? sql`and c.last_message_at is null and c.id < ${arg("id")}::bigint`
        : sql`and c.last_message_at is null and c.id > ${arg("id")}::bigint`;
    case "after":
      return afterKey[sort](arg);
  }
}

const afterKey: Record<ContactSort, (arg: CursorArgument) => RawBuilder<unknown>> = {
  leadScore: (arg) => sql`and (c.lead_score, c.id) < (${arg("key")}::int, ${arg("id")}::bigint)`,
  leadScoreAscending: (arg) => sql`and (c.lead_score, c.id) > (${arg("key")}::int, ${arg("id")}::bigint)`,
  createdAt: (arg) => sql`and (c.created_at, c.id) < (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  createdAtAscending: (arg) => sql`and (c.created_at, c.id) > (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastMessageAt: (arg) => sql`and (c.last_message_at, c.id) < (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastMessageAtAscending: (arg) =>
    sql`and (c.last_message_at, c.id) > (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  name: (arg) => sql`and (c.search_text, c.id) > (${arg("key")}::text, ${arg("id")}::bigint)`,
  nameDescending: (arg) => sql`and (c.search_text, c.id) < (${arg("key")}::text, ${arg("id")}::bigint)`,
};
