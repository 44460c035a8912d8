import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { changeLeadStage } from "../../../server/domain/leads/change-lead-stage.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { leadCode } from "../../../server/domain/leads/lead.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { listStageChanges } from "../../../server/domain/leads/list-stage-changes.ts";
import { openLeads } from "../../../server/domain/leads/open-leads.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventsIn } from "../../factories/rows.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

describe("creating a lead", () => {
  test("makes person, organization and lead, and gives all of it back", async () => {
    const own = ctx(await createCompany());
    const fields = {
      salutation: "Mr",
      gender: "Male",
      website: "www.example.com",
      industry: "Technology",
      territory: "USA",
    };
    const lead = await createLead(own, {
      ...{ firstName: "John", lastName: "Doe", email: "john@example.com", phone: "+14155550123", ...fields },
      ...{
        organization: "Example Corp",
        jobTitle: "CEO",
        employees: "100-500",
        annualRevenue: "1000000.50",
        source: "LinkedIn",
      },
    });
    expect(lead).toMatchObject({
      ...{
        number: 1,
        firstName: "John",
        lastName: "Doe",
        contactName: "John Doe",
        email: "john@example.com",
        ...fields,
      },
      ...{ organizationName: "Example Corp", jobTitle: "CEO", employees: "100-500", annualRevenue: "1000000.5" },
      ...{ stage: "new", source: "LinkedIn", ownerName: null, activityCount: 1, closedAt: null },
    });
    expect(await getContact(own, lead.contactId)).toMatchObject({
      position: "CEO",
      company: "Example Corp",
      stage: "new",
    });
    const told = await eventsIn(db, own.companyId);
    expect(told.map(({ type }) => type)).toContain("lead.created");
    expect(told.find(({ type }) => type === "lead.created")).toMatchObject({
      contactId: lead.contactId,
      data: { lead: "LEAD-001" },
    });
  });

  test("gives a hundred people who come at once a hundred numbers in a row", async () => {
    const own = ctx(await createCompany());
    const made = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        createLead(own, { firstName: `P${index}`, email: `p${index}@example.test` }),
      ),
    );
    const numbers = made.map(({ number }) => number).toSorted((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test("takes one range for many at once", async () => {
    const own = ctx(await createCompany());
    const people = await Promise.all(Array.from({ length: 20 }, () => personIn(db, own.companyId)));
    const opened = await own.transact((tx) =>
      openLeads(
        tx,
        people.map((contactId) => ({ contactId, stage: "new" as const })),
      ),
    );
    expect(opened.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test.each([
    ["phone number in another spelling", { phone: "+5511987654321" }, { phone: "+551187654321" }],
    ["e-mail address", { email: "ana@example.test" }, { email: "ANA@example.test" }],
  ])("refuses who has an open lead, known by %s, with its code", async (_name, first, second) => {
    const own = ctx(await createCompany());
    const { number, id } = await createLead(own, { firstName: "Ana", ...first });
    await expect(createLead(own, { firstName: "Anna", ...second })).rejects.toMatchObject({
      refusal: {
        kind: "duplicate",
        entity: "lead",
        existingId: id,
        message: expect.stringContaining(leadCode(number)),
      },
    });
    expect(await count(db, `leads where company_id = ${own.companyId}`)).toBe(1);
  });

  test("makes one of two who come at once with the same phone", async () => {
    const own = ctx(await createCompany());
    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () => createLead(own, { firstName: "Ana", phone: "+14155550199" })),
    );
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await count(db, `contacts where company_id = ${own.companyId}`)).toBe(1);
  });

  test("attaches a new lead to somebody known whose leads have ended", async () => {
    const own = ctx(await createCompany());
    const first = await createLead(own, { firstName: "Ana", email: "ana@example.test" });
    await changeLeadStage(own, first.id, "lost");
    const second = await createLead(own, {
      firstName: "Ana",
      lastName: "Ruiz",
      email: "ana@example.test",
      source: "Fair",
    });
    expect(second).toMatchObject({ number: 2, contactId: first.contactId, contactName: "Ana Ruiz", stage: "new" });
    expect(await getContact(own, first.contactId)).toMatchObject({ stage: "new", lastName: "Ruiz" });
    expect((await listLeads(own, { contactId: first.contactId, limit: 10 })).items).toHaveLength(2);
  });

  test("brings a deleted person back instead of making a second one", async () => {
    const own = ctx(await createCompany());
    const { id } = await createContact(own, { name: "Ana", email: "ana@example.test" });
    await deleteContact(own, id);
    expect(await createLead(own, { firstName: "Ana", email: "ana@example.test" })).toMatchObject({ contactId: id });
  });

  test("refuses two people as one", async () => {
    const own = ctx(await createCompany());
    await createContact(own, { name: "Ana", email: "ana@example.test" });
    await createContact(own, { name: "Bo", phone: "+14155550111" });
    await expect(
      createLead(own, { firstName: "Ana", email: "ana@example.test", phone: "+14155550111" }),
    ).rejects.toMatchObject({ refusal: { kind: "duplicate", entity: "contact" } });
  });

  test.each([
    ["firstName", {}, "name"],
    ["email", { firstName: "A", email: "nonsense" }, "email"],
    ["phone", { firstName: "A", phone: "call me" }, "phone"],
    ["annualRevenue", { firstName: "A", annualRevenue: "-1" }, "annualRevenue"],
    ["ownerUserId", { firstName: "A", ownerUserId: 999_999 }, "ownerUserId"],
    ["source", { firstName: "A", source: "x".repeat(301) }, "source"],
  ])("refuses a bad %s and writes nothing", async (_name, input, path) => {
    const own = ctx(await createCompany());
    await expect(createLead(own, input)).rejects.toMatchObject({ refusal: { kind: "invalid", problems: [{ path }] } });
    expect(await count(db, `contacts where company_id = ${own.companyId}`)).toBe(0);
  });

  test("knows an owner by a name that is one member's, and keeps any other name", async () => {
    const own = ctx(await createCompany());
    const mia = await memberOf(db, own.companyId, "salesperson");
    expect(await createLead(own, { firstName: "A", owner: " mia  test " })).toMatchObject({
      ownerUserId: mia,
      ownerName: "Mia Test",
    });
    expect(await createLead(own, { firstName: "B", owner: "Ann Else" })).toMatchObject({
      ownerUserId: null,
      ownerName: "Ann Else",
    });
    await memberOf(db, own.companyId, "salesperson");
    expect(await createLead(own, { firstName: "C", owner: "Mia Test" })).toMatchObject({
      ownerUserId: null,
      ownerName: "Mia Test",
    });
  });

  test("is the salesperson's who brings it, with the person", async () => {
    const companyId = await createCompany();
    const userId = await memberOf(db, companyId, "salesperson");
    const own = ctx(companyId, { kind: "user", userId, role: "salesperson" });
    const lead = await createLead(own, { firstName: "Ana" });
    expect(lead).toMatchObject({ ownerUserId: userId, createdBy: userId, createdByName: "Mia Test" });
    expect(await getContact(own, lead.contactId)).toMatchObject({ ownerUserId: userId });
    const { items } = await listStageChanges(own, lead.id, { limit: 10 });
    expect(items).toMatchObject([{ from: null, to: "new", changedBy: userId, changedByName: "Mia Test" }]);
  });
});
