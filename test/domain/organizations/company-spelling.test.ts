import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { searchContacts } from "../../../server/domain/contacts/search-contacts.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { deleteOrganization, restoreOrganization } from "../../../server/domain/organizations/delete-organization.ts";
import { getOrganization } from "../../../server/domain/organizations/get-organization.ts";
import { updateOrganization } from "../../../server/domain/organizations/update-organization.ts";
import { eventsIn } from "../../factories/rows.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const database = await testDatabase();
const companyId = await database.createCompany("main");
const ctx = database.ctx(companyId);

const withCompany = (company: string) => createContact(ctx, { name: "Ana", company });

describe("a company written another way", () => {
  test("renames the organization that is of this contact only, in the journal", async () => {
    const { id, organizationId } = await withCompany("northwind trading ltd");
    const after = await updateContact(ctx, id, { company: "Northwind Trading Ltd" });
    expect(after).toMatchObject({ company: "Northwind Trading Ltd", organizationId, version: 2 });
    expect(await getContact(ctx, id)).toMatchObject({ company: "Northwind Trading Ltd" });
    const renamed = (await eventsIn(database.db, companyId)).filter(({ type }) => type === "organization.updated");
    expect(renamed).toMatchObject([
      { before: { name: "northwind trading ltd" }, after: { name: "Northwind Trading Ltd" } },
    ]);
    expect(await getOrganization(ctx, organizationId ?? 0)).toMatchObject({ version: 2 });
    expect(await updateContact(ctx, id, { company: "Northwind Trading Ltd" })).toMatchObject({ version: 2 });
  });

  test.each([
    ["null", "NULL"],
    ["<script>", "＜script＞"],
    ["Café Sol", "Cafe Sol"],
  ])(
    "than that of others (%s, %s) leaves theirs alone, and is found again by its spelling",
    async (theirs, written) => {
      const other = await withCompany(theirs);
      const { id } = await withCompany("Something Else");
      const after = await updateContact(ctx, id, { company: written });
      expect(after.company).toBe(written);
      expect(after.organizationId).not.toBe(other.organizationId);
      expect(await getContact(ctx, other.id)).toMatchObject({ company: theirs });
      const third = await withCompany("Third");
      expect(await updateContact(ctx, third.id, { company: written })).toMatchObject({
        organizationId: after.organizationId,
      });
      expect(await withCompany(written)).toMatchObject({ organizationId: after.organizationId });
      expect(await withCompany(theirs)).toMatchObject({ organizationId: other.organizationId });
    },
  );

  test("can be corrected again where it stands beside that of others", async () => {
    await withCompany("beta corp");
    const { id } = await withCompany("Third");
    const { organizationId } = await updateContact(ctx, id, { company: "BETA CORP" });
    expect(await updateContact(ctx, id, { company: "Beta Corp" })).toMatchObject({
      company: "Beta Corp",
      organizationId,
    });
    expect(await updateContact(ctx, id, { company: "beta corp" })).toMatchObject({ company: "beta corp" });
  });

  test("is no second organization for a new contact or a message", async () => {
    const { organizationId } = await withCompany("Gamma Works");
    expect(await withCompany("GAMMA works")).toMatchObject({ organizationId, company: "Gamma Works" });
    const text = "Hi, I am Ana Lopez and I work at GAMMA Works.";
    await deliver(database.db, textBody({ phone: "14155559001", text }));
    const [person] = await rows(database.db, "select organization_id from contacts where phone = '+14155559001'");
    expect(Number(person?.organization_id)).toBe(organizationId);
  });

  test("is written by two at once as one organization", async () => {
    await withCompany("delta");
    const people = await Promise.all(["a", "b", "c", "d"].map((name) => withCompany(`first ${name}`)));
    const written = await Promise.all(people.map(({ id }) => updateContact(ctx, id, { company: "DELTA" })));
    expect(new Set(written.map(({ organizationId }) => organizationId)).size).toBe(1);
    expect(await count(database.db, `organizations where company_id = ${companyId} and name = 'DELTA'`)).toBe(1);
  });
});

test("an organization that stands beside another of its folded name is edited, put away, restored and found", async () => {
  await withCompany("omega");
  const { id } = await withCompany("Third");
  const { organizationId } = await updateContact(ctx, id, { company: "OMEGA" });
  const own = organizationId ?? 0;
  expect(await updateOrganization(ctx, own, { industry: "health" })).toMatchObject({ name: "OMEGA" });
  await deleteOrganization(ctx, own);
  expect(await restoreOrganization(ctx, own)).toMatchObject({ name: "OMEGA" });
  await expect(updateOrganization(ctx, own, { name: "Omega" })).rejects.toMatchObject({
    refusal: { kind: "duplicate" },
  });
  expect((await searchContacts(ctx, { query: "omega", limit: 9 })).items.map((item) => item.id)).toContain(id);
});
