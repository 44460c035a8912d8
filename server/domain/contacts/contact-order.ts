import { type RawBuilder, sql } from "kysely";

export const contactSorts = [
  "leadScore",
  "leadScoreAscending",
  "createdAt",
  "createdAtAscending",
  "lastMessageAt",
  "lastMessageAtAscending",
  "lastChatAt",
  "lastChatAtAscending",
  "name",
  "nameDescending",
] as const;
export type ContactSort = (typeof contactSorts)[number];

/** Where a list goes on: the sort key of the last row and its id. */
export type ContactCursor = { key: string | number | null; id: number };

type CompanyArgument = (key: "companyId") => number;

type Order = {
  key: RawBuilder<unknown>;
  /** The order of an index, forwards or backwards, so that a page is read, not sorted. */
  by: (key: RawBuilder<unknown>, id: RawBuilder<unknown>) => RawBuilder<unknown>;
  /** The person's row, behind the one that holds the key and its index where that is another. */
  from: (arg: CompanyArgument) => RawBuilder<unknown>;
};

const people = () => sql`contacts c`;

// The constant on the first table is what its index begins with; on the second it would follow only by the join.
const peopleByInbox = (arg: CompanyArgument) => sql`
  contact_inbox k join contacts c on c.company_id = k.company_id and c.id = k.contact_id and k.company_id = ${arg("companyId")}::bigint`;

const peopleByText = (arg: CompanyArgument) => sql`
  contact_search k join contacts c on c.company_id = k.company_id and c.id = k.contact_id and k.company_id = ${arg("companyId")}::bigint`;

const falling = (key: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`${key} desc, ${id} desc`;
const rising = (key: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`${key}, ${id}`;
const newestFirst = (key: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`${key} desc nulls last, ${id} desc`;
const oldestFirst = (key: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`${key} asc nulls first, ${id} asc`;

export const contactOrders: Record<ContactSort, Order> = {
  leadScore: { key: sql`c.lead_score`, by: falling, from: people },
  leadScoreAscending: { key: sql`c.lead_score`, by: rising, from: people },
  createdAt: { key: sql`c.created_at`, by: falling, from: people },
  createdAtAscending: { key: sql`c.created_at`, by: rising, from: people },
  lastMessageAt: { key: sql`k.last_message_at`, by: newestFirst, from: peopleByInbox },
  lastMessageAtAscending: { key: sql`k.last_message_at`, by: oldestFirst, from: peopleByInbox },
  lastChatAt: { key: sql`k.last_chat_at`, by: newestFirst, from: peopleByInbox },
  lastChatAtAscending: { key: sql`k.last_chat_at`, by: oldestFirst, from: peopleByInbox },
  name: { key: sql`k.search_text`, by: rising, from: peopleByText },
  nameDescending: { key: sql`k.search_text`, by: falling, from: peopleByText },
};

/** The id beside the key, where the index has it. */
export function idOf(sort: ContactSort): RawBuilder<unknown> {
  return contactOrders[sort].from === people ? sql`c.id` : sql`k.contact_id`;
}

type CursorArgument = <Key extends keyof ContactCursor>(key: Key) => ContactCursor[Key];

/** A stretch of a sorted list, from a cursor on: null sort keys are a stretch of their own, because no row comparison spans them. */
export type Stretch = "from start" | "after" | "after null" | "nulls" | "not null";

/** The stretches that make up the rest of the list behind a cursor, in order. */
export function stretchesAfter(sort: ContactSort, cursor: ContactCursor): Stretch[] {
  const { by } = contactOrders[sort];
  if (by === newestFirst) return cursor.key === null ? ["after null"] : ["after", "nulls"];
  if (by === oldestFirst) return cursor.key === null ? ["after null", "not null"] : ["after"];
  return ["after"];
}

export function stretchSql(sort: ContactSort, stretch: Stretch, arg: CursorArgument): RawBuilder<unknown> {
  const { key, by } = contactOrders[sort];
  switch (stretch) {
    case "from start":
      return sql``;
    case "nulls":
      return sql`and ${key} is null`;
    case "not null":
      return sql`and ${key} is not null`;
    case "after null":
      return by === newestFirst
        ? sql`and ${key} is null and k.contact_id < ${arg("id")}::bigint`
        : sql`and ${key} is null and k.contact_id > ${arg("id")}::bigint`;
    case "after":
      return afterKey[sort](arg);
  }
}

const afterKey: Record<ContactSort, (arg: CursorArgument) => RawBuilder<unknown>> = {
  leadScore: (arg) => sql`and (c.lead_score, c.id) < (${arg("key")}::int, ${arg("id")}::bigint)`,
  leadScoreAscending: (arg) => sql`and (c.lead_score, c.id) > (${arg("key")}::int, ${arg("id")}::bigint)`,
  createdAt: (arg) => sql`and (c.created_at, c.id) < (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  createdAtAscending: (arg) => sql`and (c.created_at, c.id) > (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastMessageAt: (arg) =>
    sql`and (k.last_message_at, k.contact_id) < (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastMessageAtAscending: (arg) =>
    sql`and (k.last_message_at, k.contact_id) > (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastChatAt: (arg) => sql`and (k.last_chat_at, k.contact_id) < (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  lastChatAtAscending: (arg) =>
    sql`and (k.last_chat_at, k.contact_id) > (${arg("key")}::timestamptz, ${arg("id")}::bigint)`,
  name: (arg) => sql`and (k.search_text, k.contact_id) > (${arg("key")}::text, ${arg("id")}::bigint)`,
  nameDescending: (arg) => sql`and (k.search_text, k.contact_id) < (${arg("key")}::text, ${arg("id")}::bigint)`,
};
