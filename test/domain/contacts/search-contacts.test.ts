import { beforeAll, describe, expect, test } from "vitest";
import { createContact, type NewContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
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
    ["0%", []],
    ["100%", ["Percy 100%"]],
    ["per%x", []],
    ["percy_x", ["Percy 100%"]],
    ["percyZx", []],
    ["back\\slash", ["Back\\slash"]],
    ["ack\\sla", ["Back\\slash"]],
    ["al", ["Alfred Nobel", "Al"]],
    ["a", ["Alfred Nobel", "Al"]],
    ["алекс", ["Алексей Иванов"]],
    ["ИВАНОВ", ["Алексей Иванов"]],
    ["李", ["李小龍"]],
    ["李小龍", ["李小龍"]],
    ["nobody at all", []],
    ["", []],
    ["   ", []],
    ["%", []],
    ["_", []],
    ["\\", []],
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
