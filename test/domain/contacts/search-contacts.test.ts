import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { countContacts } from "../../../server/domain/contacts/count-contacts.ts";
import { createContact, type NewContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { writeSearchTexts } from "../../../server/domain/contacts/write-search-texts.ts";
import { updateOrganization } from "../../../server/domain/organizations/update-organization.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());
const otherCtx = database.ctx(await database.createCompany());

const people: NewContact[] = [
  { name: "José Ávila", phone: "+919876543210", email: "jose@example.com", company: "Café Orgánico", leadScore: 10 },
  { name: "Straße Müller", phone: "+4915123456789", leadScore: 20 },
  { name: "प्रिया शर्मा", phone: "+919812345678", leadScore: 30 },
  { name: "Percy 100%", email: "percy_x@example.com", leadScore: 40 },
  { name: "Back\\slash", leadScore: 50 },
  { name: "Bia Souza", phone: "+5511987654321", leadScore: 60 },
  { name: "Al", leadScore: 70 },
  { name: "Alfred Nobel", leadScore: 80 },
  { name: "Алексей Иванов", leadScore: 90 },
  { name: "李小龍", leadScore: 95 },
];

beforeAll(async () => {
  for (const person of people) await createContact(ctx, person);
  await createContact(otherCtx, { name: "José Ávila", company: "Café Orgánico" });
});

async function found(query: string): Promise<string[]> {
  return (await searchContacts(ctx, { query, limit: 20 })).items.map((item) => item.name);
}

describe("search", () => {
  test.each(["zeta quill", "ze", "+12015550177"])(
    "finds %j no more once the person is deleted, and again once restored",
    async (query) => {
      const own = database.ctx(await database.createCompany());
      const names = async () => (await searchContacts(own, { query, limit: 5 })).items.map((item) => item.name);
      const { id } = await createContact(own, { name: "Zeta Quill", phone: "+12015550177" });
      expect(await names()).toEqual(["Zeta Quill"]);
      await deleteContact(own, id);
      await updateSearchText(own.companyId, id);
      expect(await names()).toEqual([]);
      expect(await countContacts(own, { search: query })).toBe(0);
      await restoreContact(own, id);
      expect(await names()).toEqual(["Zeta Quill"]);
    },
  );

  const cases: [string, string[]][] = [
    ["avila", ["José Ávila"]],
    ["ÁVILA", ["José Ávila"]],
    ["  jose   avila ", ["José Ávila"]],
    ["organico jose", ["José Ávila"]],
    ["cafe org", ["José Ávila"]],
    ["vil", ["José Ávila"]],
    ["jose@example", ["José Ávila"]],
    ["strasse", ["Straße Müller"]],
    ["MULLER", ["Straße Müller"]],
    ["प्रिया", ["प्रिया शर्मा"]],
    ["शर्मा", ["प्रिया शर्मा"]],
    ["98765 43210", ["José Ávila"]],
    ["+91 98765-43210", ["José Ávila"]],
    ["098765 43210", ["José Ávila"]],
    ["0091 98765 43210", ["José Ávila"]],
    ["९८७६५ ४३२१०", ["José Ávila"]],
    ["919876543210_s_whatsapp_net", ["José Ávila"]],
    ["3210", ["José Ávila"]],
    ["+55 11 8765-4321", ["Bia Souza"]],
    ["(11) 98765-4321", ["Bia Souza"]],
    ["0%", ["Percy 100%"]],
    ["100%", ["Percy 100%"]],
    ["per%x", []],
    ["percy_x", ["Percy 100%"]],
    ["percyZx", []],
    ["back\\slash", ["Back\\slash"]],
    ["ack\\sla", ["Back\\slash"]],
    ["al", ["Alfred Nobel", "Al"]],
    ["nobel a", ["Alfred Nobel"]],
    ["a nobel", ["Alfred Nobel"]],
    ["no", ["Alfred Nobel"]],
    ["ou", ["Bia Souza"]],
    ["ÜL", ["Straße Müller"]],
    ["d n", ["Alfred Nobel"]],
    ["a so", ["Bia Souza"]],
    ["so a", ["Bia Souza"]],
    ["43", ["Bia Souza", "José Ávila"]],
    ["+55", ["Bia Souza"]],
    ["y_", ["Percy 100%"]],
    ["k\\", ["Back\\slash"]],
    ["कु", []],
    ["मा", ["प्रिया शर्मा"]],
    ["ив", ["Алексей Иванов"]],
    ["小", ["李小龍"]],
    ["алекс", ["Алексей Иванов"]],
    ["ИВАНОВ", ["Алексей Иванов"]],
    ["李", ["李小龍"]],
    ["李小龍", ["李小龍"]],
    ["nobody at all", []],
    ["", []],
    ["   ", []],
    ["%", ["Percy 100%"]],
    ["_", ["Percy 100%"]],
    ["\\", ["Back\\slash"]],
    ["'; drop table contacts; --", []],
  ];
  test.each(cases)("of %j finds the people meant, best lead first", async (query, names) => {
    expect(await found(query)).toEqual(names);
  });

  test("pages, and says where the next page begins", async () => {
    const first = await searchContacts(ctx, { query: "example", limit: 1 });
    expect(first).toMatchObject({ items: [{ name: "Percy 100%" }], next: 1 });
    const second = await searchContacts(ctx, { query: "example", limit: 1, offset: 1 });
    expect(second).toMatchObject({ items: [{ name: "José Ávila" }], next: null });
  });

  test.each(["43", "a", "example", "%"])("of %j counts whom it finds", async (query) => {
    expect(await countContacts(ctx, { search: query })).toBe((await found(query)).length);
  });

  test("by two letters pages, sorts and filters as by more", async () => {
    const first = await searchContacts(ctx, { query: "al", sort: "name", limit: 1 });
    expect(first).toMatchObject({ items: [{ name: "Al" }], next: 1 });
    const second = await searchContacts(ctx, { query: "al", sort: "name", limit: 1, offset: 1 });
    expect(second).toMatchObject({ items: [{ name: "Alfred Nobel" }], next: null });
    const hot = { query: "vi", filter: { temperature: "hot" }, limit: 5 } as const;
    expect((await searchContacts(ctx, hot)).items).toEqual([]);
    expect(await countContacts(ctx, { search: "vi", temperature: "hot" })).toBe(0);
  });

  test("can be filtered and sorted otherwise", async () => {
    const byName = await searchContacts(ctx, { query: "example", sort: "name", limit: 5 });
    expect(byName.items.map((item) => item.name)).toEqual(["José Ávila", "Percy 100%"]);
    const hot = await searchContacts(ctx, { query: "example", filter: { temperature: "hot" }, limit: 5 });
    expect(hot.items).toEqual([]);
  });

  test("knows the new name of a renamed organization", async () => {
    const [jose] = (await searchContacts(ctx, { query: "cafe organico", limit: 1 })).items;
    const { organizationId } = await getContact(ctx, jose?.id ?? 0);
    await updateOrganization(ctx, organizationId ?? 0, { name: "Tostadores del Sur" });
    expect(await found("tostadores")).toEqual(["José Ávila"]);
    expect(await found("organico")).toEqual([]);
  });
});

describe("search among many", () => {
  const large = database.createCompany().then((companyId) => database.ctx(companyId));

  beforeAll(async () => {
    const { companyId } = await large;
    await database.db.run(insertPeople({ companyId, count: 20_000, name: "zoe %s okafor", leadScore: 50 }));
    await database.db.run(insertPeople({ companyId, count: 1, name: "john wu %s", leadScore: 5 }));
  });

  test("finds the beginning of any word however far behind the best", async () => {
    for (const query of ["jo", "wu", "john w", "w john"])
      expect((await searchContacts(await large, { query, limit: 5 })).items.map((item) => item.name)).toEqual([
        "john wu 1",
      ]);
  });

  test("finds the middle of a word among the best", async () => {
    expect((await searchContacts(await large, { query: "ka", limit: 5 })).items).toHaveLength(5);
    expect(await countContacts(await large, { search: "ka" })).toBe(1_000);
    expect((await searchContacts(await large, { query: "hn", limit: 5 })).items).toEqual([]);
  });

  test.each(["okafor", "ok", "ka"])("ends its pages of %j where the count ends", async (query) => {
    const ctx = await large;
    expect(await countContacts(ctx, { search: query })).toBe(1_000);
    const page = async (offset: number) => {
      const { items, next } = await searchContacts(ctx, { query, limit: 30, offset });
      return [items.length, next];
    };
    expect(await page(960)).toEqual([30, 990]);
    expect(await page(990)).toEqual([10, null]);
    expect(await page(1_000)).toEqual([0, null]);
    expect(await page(1_500)).toEqual([0, null]);
  });
});

/** As when the organization of a deleted person is renamed. */
async function updateSearchText(companyId: number, id: number): Promise<void> {
  await database
    .ctx(companyId)
    .transact((tx) => writeSearchTexts(tx, [{ id, name: "Zeta Quill", company: "Renamed", phone: "+12015550177" }]));
}

const insertPeople = prepared<{ companyId: number; count: number; name: string; leadScore: number }>()(
  (_db, arg) => sql`
    insert into contacts (company_id, name, search_text, lead_score)
    select ${arg("companyId")}::bigint, format(${arg("name")}::text, n), format(${arg("name")}::text, n), ${arg("leadScore")}::int
    from generate_series(1, ${arg("count")}::int) as n`,
);
