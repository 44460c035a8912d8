import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Contact } from "../../../shared/v1/contact.ts";
import type {
  CustomerRecord,
  CustomerRecordPatch,
  DueCustomer,
  ListedCustomer,
  Loyalty,
  NewLoyaltyEntry,
} from "../../../shared/v1/customer.ts";
import type { ContactTag, ListedTag } from "../../../shared/v1/tag.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const lists = ["all", "follow-up", "repeat", "due"] as const;
export type CustomerList = (typeof lists)[number];
export type CustomerFilter = { list: CustomerList; q: string };

export function isCustomerList(word: unknown): word is CustomerList {
  return lists.some((list) => list === word);
}

/** A person as a list shows them; what a list does not know is absent. */
export type CustomerLine = Pick<ListedCustomer, "contact_id" | "name" | "phone"> &
  Partial<Omit<ListedCustomer, "contact_id" | "name" | "phone">> &
  Partial<Pick<DueCustomer, "state" | "proposal">>;

const pageSize = 50;
const listPollMs = 15_000;
const cardPollMs = 5_000;

/**
 * Apart from the other lists, which any appointment makes old: each page of this one asks what a proposal would say to its people
 * (some 15 ms of the server's time), so what others do comes with the next poll.
 */
export const dueCustomersKey = ["due-customers"];

/** A search looks through everybody; the lists are given as they are. */
export function customersQuery({ list, q }: CustomerFilter) {
  return infiniteQueryOptions({
    queryKey: list === "due" && q === "" ? dueCustomersKey : ["customers", "list", list, q],
    queryFn: ({ pageParam: cursor, signal }): Promise<Page<CustomerLine>> => {
      const query = { cursor, limit: pageSize };
      if (q !== "") return people({ q, ...query }, signal);
      return request(list === "all" ? apiPaths.customers(query) : apiPaths.customersOf(list, query), { signal });
    },
    initialPageParam: "",
    getNextPageParam: (last: Page<CustomerLine>) => last.next_cursor,
    refetchInterval: pollMs(listPollMs),
    placeholderData: keepPreviousData,
  });
}

async function people(
  query: { q: string; cursor: string; limit: number },
  signal: AbortSignal,
): Promise<Page<CustomerLine>> {
  const page = await request<Page<Contact>>(apiPaths.contacts(query), { signal });
  return { ...page, data: page.data.map(lineOf) };
}

function lineOf({ id, name, phone, email, last_contacted_at }: Contact): CustomerLine {
  return { contact_id: id, name, phone, email, last_contacted_at };
}

export function recordQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "record"],
    queryFn: ({ signal }) => request<CustomerRecord>(apiPaths.customerRecord(contactId), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

/** Refused with 412 when the record was changed since. */
export function saveRecord(record: CustomerRecord, patch: CustomerRecordPatch): Promise<CustomerRecord> {
  const path = apiPaths.customerRecord(record.contact_id);
  return request(path, { method: "PATCH", body: patch, ifMatch: `"v${record.version}"` });
}

export function loyaltyQuery(contactId: number) {
  return queryOptions({
    queryKey: ["contacts", contactId, "loyalty"],
    queryFn: ({ signal }) => request<Loyalty>(apiPaths.loyalty(contactId, { limit: 10 }), { signal }),
    refetchInterval: pollMs(cardPollMs),
  });
}

export function writeLoyalty(contactId: number, entry: NewLoyaltyEntry, idempotencyKey: string): Promise<Loyalty> {
  return request(apiPaths.loyalty(contactId, {}), { method: "POST", body: entry, idempotencyKey });
}

export const tagsQuery = queryOptions({
  queryKey: ["tags"],
  queryFn: ({ signal }) => request<{ data: ListedTag[] }>(apiPaths.tags, { signal }),
});

export function addTag(contactId: number, tag: { name: string; notes?: string }): Promise<ContactTag> {
  return request(apiPaths.contactTags(contactId), { method: "POST", body: tag });
}

export function removeTag(contactId: number, tagId: number): Promise<void> {
  return request(apiPaths.contactTag(contactId, tagId), { method: "DELETE" });
}
