import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import type { ContactCursor, ContactSort } from "../../../server/domain/contacts/contact-order.ts";
import { contactSorts } from "../../../server/domain/contacts/contact-order.ts";
import { countContacts } from "../../../server/domain/contacts/count-contacts.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { type ContactQuery, listContacts } from "../../../server/domain/contacts/list-contacts.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { findByName } from "../../../server/domain/organizations/find-by-name.ts";
import { listTags } from "../../../server/domain/tags/list-tags.ts";
import type { Stage } from "../../../shared/stages.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());
const otherCtx = database.ctx(await database.createCompany());

const stages: Stage[] = ["new", "contacted", "nurture", "qualified", "sales_qualified", "customer", "lost"];
const setLastMessage = prepared<{ id: number; at: string }>()(
  (_db, arg) =>
    sql<never>`update contact_inbox set last_message_at = ${arg("at")}::timestamptz, last_chat_at = ${arg("at")}::timestamptz - interval '1 day' where contact_id = ${arg("id")}::bigint`,
);

beforeAll(async () => {
  for (let index = 0; index < 21; index += 1) {
    const { id } = await createContact(ctx, {
      name: `Person ${String(index).padStart(2, "0")}`,
      leadScore: (index * 37) % 50,
      stage: stages[index % stages.length] ?? "new",
      ...(index % 3 === 0 ? { company: "Acme", tags: ["third"] } : {}),
    });
    if (index % 2 === 0) await database.db.run(setLastMessage({ id, at: `2026-11-${10 + (index % 7)}T10:00:00Z` }));
  }
  const gone = await createContact(ctx, { name: "Gone", leadScore: 99 });
  await deleteContact(ctx, gone.id);
  await createContact(otherCtx, { name: "Foreign", leadScore: 100 });
});

async function walk(query: Omit<ContactQuery, "limit" | "cursor">): Promise<number[]> {
  const ids: number[] = [];
  for (let cursor: ContactCursor | undefined; ; ) {
    const page = await listContacts(ctx, { ...query, limit: 4, ...(cursor ? { cursor } : {}) });
    ids.push(...page.items.map((item) => item.id));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

describe("a list of contacts", () => {
  test("shows the best lead first, of this company's living people", async () => {
    const { items, next } = await listContacts(ctx, { limit: 50 });
    expect(items).toHaveLength(21);
    expect(items.map((item) => item.leadScore)).toEqual(items.map((item) => item.leadScore).toSorted((a, b) => b - a));
    expect(next).toBeNull();
    expect(Object.keys(items[0] ?? {})).not.toContain("sortKey");
  });

  test.each(contactSorts)(
    "gives the same people by cursor, by offset and at once, by %s",
    async (sort: ContactSort) => {
      const whole = (await listContacts(ctx, { sort, limit: 50 })).items.map((item) => item.id);
      expect(await walk({ sort })).toEqual(whole);
      const second = await listContacts(ctx, { sort, limit: 5, offset: 5 });
      expect(second.items.map((item) => item.id)).toEqual(whole.slice(5, 10));
    },
  );

  test("puts people who never wrote last, or first when the oldest message comes first", async () => {
    const newest = (await listContacts(ctx, { sort: "lastMessageAt", limit: 50 })).items.map(
      (item) => item.lastMessageAt,
    );
    expect(newest.slice(-10)).toEqual(Array.from({ length: 10 }, () => null));
    const oldest = (await listContacts(ctx, { sort: "lastMessageAtAscending", limit: 50 })).items.map(
      (item) => item.lastMessageAt,
    );
    expect(oldest).toEqual(newest.toReversed());
  });

  test("is filtered by word, stage, organization and tag, also together", async () => {
    const cold = await listContacts(ctx, { filter: { temperature: "cold" }, limit: 50 });
    expect(new Set(cold.items.map((item) => item.stage))).toEqual(new Set(["nurture", "lost"]));
    const lost = await listContacts(ctx, { filter: { stage: "lost" }, limit: 50 });
    expect(lost.items).toHaveLength(3);
    const organizationId = (await findByName(ctx, "ACME"))?.id ?? 0;
    const acme = await listContacts(ctx, { filter: { organizationId }, limit: 50 });
    expect(acme.items).toHaveLength(7);
    expect(new Set(acme.items.map((item) => item.company))).toEqual(new Set(["Acme"]));
    const both = await listContacts(ctx, { filter: { organizationId, stage: "new" }, limit: 50 });
    expect(both.items).toHaveLength(1);
    const tagId = (await listTags(ctx)).find((tag) => tag.name === "third")?.id ?? 0;
    const tagged = await listContacts(ctx, { filter: { tagId }, limit: 50 });
    expect(tagged.items.map((item) => item.id)).toEqual(acme.items.map((item) => item.id));
    expect(await walk({ filter: { temperature: "cold" } })).toEqual(cold.items.map((item) => item.id));
  });

  test("does not skip or repeat anyone when people are added between two pages", async () => {
    const before = (await listContacts(ctx, { sort: "createdAt", limit: 50 })).items.map((item) => item.id);
    const first = await listContacts(ctx, { sort: "createdAt", limit: 10 });
    await createContact(ctx, { name: "Late comer", leadScore: 100 });
    if (!first.next) throw new Error("there is a second page");
    const second = await listContacts(ctx, { sort: "createdAt", limit: 50, cursor: first.next });
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual(before);
  });
});

describe("a count of contacts", () => {
  test("is that of the list, filtered or not", async () => {
    const all = await listContacts(ctx, { limit: 100 });
    expect(await countContacts(ctx)).toBe(all.items.length);
    const cold = await listContacts(ctx, { filter: { temperature: "cold" }, limit: 100 });
    expect(await countContacts(ctx, { temperature: "cold" })).toBe(cold.items.length);
    const found = await searchContacts(ctx, { query: "son 1", limit: 100 });
    expect(await countContacts(ctx, { search: "son 1" })).toBe(found.items.length);
    expect(await countContacts(ctx, { search: "son 1", temperature: "cold" })).toBeLessThan(found.items.length);
    expect(await countContacts(otherCtx)).toBe(1);
  });

  test("counts for each of many callers what was there when they asked", async () => {
    const own = database.ctx(await database.createCompany());
    let made = 0;
    const counted = async () => {
      await createContact(own, { name: "One" });
      made += 1;
      const least = made;
      expect(await countContacts(own)).toBeGreaterThanOrEqual(least);
    };
    await Promise.all(Array.from({ length: 30 }, counted));
    expect(await countContacts(own)).toBe(30);
  });

  test("beyond 10,000 is exact and kept for a minute", async () => {
    const company = await database.createCompany();
    await database.db.run(fill({ companyId: company, count: 10_050 }));
    const start = Date.parse("2026-11-21T10:00:00Z");
    const at = (seconds: number) => database.ctx(company, { kind: "system" }, () => new Date(start + seconds * 1_000));
    expect(await countContacts(at(0))).toBe(10_050);
    await createContact(at(1), { name: "One more" });
    expect(await countContacts(at(30))).toBe(10_050);
    expect(await countContacts(at(61))).toBe(10_051);
  });
});

const fill = prepared<{ companyId: number; count: number }>()(
  (_db, arg) => sql<never>`
    insert into contacts (company_id, name, search_text)
    select ${arg("companyId")}::bigint, 'Person ' || n, 'person ' || n from generate_series(1, ${arg("count")}::int) as n`,
);
