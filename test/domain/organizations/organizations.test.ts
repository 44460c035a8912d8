import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { createOrganization } from "../../../server/domain/organizations/create-organization.ts";
import { deleteOrganization, restoreOrganization } from "../../../server/domain/organizations/delete-organization.ts";
import { getOrganization } from "../../../server/domain/organizations/get-organization.ts";
import { listOrganizations } from "../../../server/domain/organizations/list-organizations.ts";
import { organizationKey } from "../../../server/domain/organizations/organization-key.ts";
import { organizationsNamed } from "../../../server/domain/organizations/organizations-named.ts";
import { updateOrganization } from "../../../server/domain/organizations/update-organization.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const ctx = database.ctx(await database.createCompany());
const otherCtx = database.ctx(await database.createCompany());

describe("a company's name on a contact", () => {
  test("leads to one organization, whatever its case, accents and spaces", async () => {
    const one = await createContact(ctx, { name: "A", company: "Café  Órbita" });
    const two = await createContact(ctx, { name: "B", company: " cafe orbita " });
    expect(two.organizationId).toBe(one.organizationId);
    expect(two.company).toBe("Café  Órbita");
  });

  test("makes one organization for ten people created at once", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `Person ${index}`);
    const people = await Promise.all(names.map((name) => createContact(ctx, { name, company: "Rush Ltd" })));
    expect(new Set(people.map((person) => person.organizationId)).size).toBe(1);
  });

  test("is found or made for many at once", async () => {
    const found = await ctx.transact((tx) => organizationsNamed(tx, ["Uno", "UNO", "Dos", "Café Órbita"]));
    expect([...found.keys()].toSorted()).toEqual(["cafe orbita", "dos", "uno"]);
    const again = await Promise.all(
      [
        ["Tres", "Dos"],
        ["Dos", "Tres"],
      ].map((names) => ctx.transact((tx) => organizationsNamed(tx, names))),
    );
    expect(again[0]?.get("tres")).toBe(again[1]?.get("tres"));
    expect(again[0]?.get("dos")).toBe(found.get("dos"));
  });

  test("keeps a key that fits an index, however long it is", () => {
    expect(Buffer.byteLength(organizationKey("ﷺ".repeat(300)))).toBeLessThan(2_000);
    expect(organizationKey("ﷺ".repeat(300))).not.toBe(organizationKey("ﷺ".repeat(299)));
  });
});

describe("an organization", () => {
  test("has one name in its company", async () => {
    const { id } = await createOrganization(ctx, { name: "Solo", website: "https://solo.example" });
    await expect(createOrganization(ctx, { name: "SOLO" })).rejects.toMatchObject({
      refusal: { kind: "duplicate", existingId: id },
    });
    await expect(createOrganization(otherCtx, { name: "Solo" })).resolves.toMatchObject({ name: "Solo" });
    const other = await createOrganization(ctx, { name: "Duo" });
    const rename = updateOrganization(ctx, other.id, { name: "solo" });
    await expect(rename).rejects.toMatchObject({ refusal: { kind: "duplicate", existingId: id } });
  });

  test("cannot be renamed by two at once to one name", async () => {
    const many = await Promise.all(["X1", "X2", "X3", "X4"].map((name) => createOrganization(ctx, { name })));
    const results = await Promise.allSettled(many.map(({ id }) => updateOrganization(ctx, id, { name: "The one" })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ refusal: { kind: "duplicate" } });
    }
  });

  test("is edited with versions, and an edit that changes nothing writes nothing", async () => {
    const { id } = await createOrganization(ctx, { name: "Edit me", industry: "health" });
    expect(await updateOrganization(ctx, id, { industry: "health" })).toMatchObject({ version: 1 });
    expect(await updateOrganization(ctx, id, { industry: null, size: "11-50" })).toMatchObject({
      industry: null,
      version: 2,
    });
    const late = updateOrganization(ctx, id, { size: "1" }, { ifVersion: 1 });
    await expect(late).rejects.toMatchObject({ refusal: { kind: "precondition_failed" } });
    await expect(updateOrganization(ctx, id, { name: " " })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
  });

  test("takes its name from its people when it is deleted, and gives it back", async () => {
    const person = await createContact(ctx, { name: "Worker", company: "Passing Inc" });
    const id = person.organizationId ?? 0;
    await deleteOrganization(ctx, id);
    expect(await getContact(ctx, person.id)).toMatchObject({ company: null });
    expect((await searchContacts(ctx, { query: "passing", limit: 5 })).items).toEqual([]);
    await expect(getOrganization(ctx, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await restoreOrganization(ctx, id);
    expect(await getContact(ctx, person.id)).toMatchObject({ company: "Passing Inc" });
    expect((await searchContacts(ctx, { query: "passing", limit: 5 })).items).toHaveLength(1);
  });

  test("is not restored over another one of its name", async () => {
    const { id } = await createOrganization(ctx, { name: "Twin" });
    await deleteOrganization(ctx, id);
    await createOrganization(ctx, { name: "Twin" });
    await expect(restoreOrganization(ctx, id)).rejects.toMatchObject({ refusal: { kind: "duplicate" } });
  });

  test("of another company is not there", async () => {
    const { id } = await createOrganization(otherCtx, { name: "Foreign" });
    const missing = { refusal: { kind: "not_found", entity: "organization" } };
    await expect(getOrganization(ctx, id)).rejects.toMatchObject(missing);
    await expect(updateOrganization(ctx, id, { name: "Mine" })).rejects.toMatchObject(missing);
    await expect(deleteOrganization(ctx, id)).rejects.toMatchObject(missing);
    await expect(restoreOrganization(ctx, id)).rejects.toMatchObject(missing);
    await expect(createContact(ctx, { name: "A", organizationId: id })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
  });
});

describe("the list of organizations", () => {
  test("runs by name, page by page, and is searched by any part", async () => {
    const company = database.ctx(await database.createCompany());
    for (const name of ["Delta", "alpha", "Ómega", "Beta Industries"]) await createOrganization(company, { name });
    const first = await listOrganizations(company, { limit: 2 });
    expect(first.items.map((item) => item.name)).toEqual(["alpha", "Beta Industries"]);
    const second = await listOrganizations(company, { limit: 2, ...(first.next ? { cursor: first.next } : {}) });
    expect(second.items.map((item) => item.name)).toEqual(["Delta", "Ómega"]);
    expect(second.next).toBeNull();
    const searched = async (search: string) =>
      (await listOrganizations(company, { search, limit: 5 })).items.map((item) => item.name);
    expect(await searched("omega")).toEqual(["Ómega"]);
    expect(await searched("dustr")).toEqual(["Beta Industries"]);
    expect(await searched("de")).toEqual(["Delta"]);
    expect(await searched("%")).toEqual([]);
  });
});
