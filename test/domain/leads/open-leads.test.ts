import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { getLead } from "../../../server/domain/leads/get-lead.ts";
import { leadCode } from "../../../server/domain/leads/lead.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import { openLeads } from "../../../server/domain/leads/open-leads.ts";
import { objectOf } from "../../../shared/json.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function people(companyId: number, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => personIn(db, companyId, { name: `Person ${index}` })));
}

describe("opening leads", () => {
  test("counts up from 1 in each company and tells it", async () => {
    const company = ctx(await createCompany());
    const [first = 0, second = 0] = await people(company.companyId, 2);
    const one = await company.transact((tx) => openLead(tx, { contactId: first, stage: "new", need: "a website" }));
    const two = await company.transact((tx) => openLead(tx, { contactId: second, stage: "qualified" }));
    expect([one.number, two.number]).toEqual([1, 2]);
    expect(leadCode(one.number)).toBe("LEAD-001");
    expect(await getLead(company, one.id)).toMatchObject({
      need: "a website",
      stage: "new",
      contactName: "Person 0",
      closedAt: null,
    });
    expect(await eventTypes(db, company.companyId)).toEqual(["lead.created", "lead.created"]);
  });

  test("gives back the lead that is open already", async () => {
    const company = ctx(await createCompany());
    const [contactId = 0] = await people(company.companyId, 1);
    const first = await company.transact((tx) => openLead(tx, { contactId, stage: "new" }));
    const again = await company.transact((tx) => openLead(tx, { contactId, stage: "qualified" }));
    expect(again).toEqual(first);
  });

  test("opens a closed lead for a closed stage", async () => {
    const company = ctx(await createCompany());
    const [contactId = 0] = await people(company.companyId, 1);
    const lead = await company.transact((tx) => openLead(tx, { contactId, stage: "customer" }));
    expect((await getLead(company, lead.id)).closedAt).not.toBeNull();
  });

  test("takes one range of numbers for many people, without those who are not there", async () => {
    const company = ctx(await createCompany());
    const other = await createCompany();
    const contactIds = await people(company.companyId, 5);
    const stranger = await personIn(db, other);
    const rows = [...contactIds, stranger, ...contactIds].map((contactId) => ({ contactId, stage: "new" as const }));
    const leads = await company.transact((tx) => openLeads(tx, rows));
    expect(leads.map((lead) => lead.number)).toEqual([1, 2, 3, 4, 5]);
    expect(leads.map((lead) => lead.contactId)).toEqual(contactIds);
  });

  test("refuses a person of another company", async () => {
    const company = ctx(await createCompany());
    const stranger = await personIn(db, await createCompany());
    await expect(company.transact((tx) => openLead(tx, { contactId: stranger, stage: "new" }))).rejects.toMatchObject({
      refusal: { kind: "not_found", entity: "contact" },
    });
  });

  test("leaves no gap and no double among 100 callers at once", async () => {
    const company = ctx(await createCompany());
    const contactIds = await people(company.companyId, 100);
    const leads = await Promise.all(
      contactIds.map((contactId) => company.transact((tx) => openLead(tx, { contactId, stage: "new" }))),
    );
    const numbers = leads.map((lead) => lead.number).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test("numbers 100 people made at once without gap or double, and tells each", async () => {
    const company = ctx(await createCompany());
    const made = Array.from({ length: 100 }, (_, index) =>
      createContact(company, {
        name: `Newcomer ${index}`,
        phone: `+1201555${1000 + index}`,
        stage: "new",
        source: "ad",
      }),
    );
    await Promise.all(made);
    const { items } = await listLeads(company, { limit: 200 });
    const numbers = items.map((lead) => lead.number).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    const told = (await eventsIn(db, company.companyId)).filter(({ type }) => type === "lead.created");
    expect(told).toHaveLength(100);
    expect(told.find(({ data }) => objectOf(data)?.lead === "LEAD-007")?.after).toEqual({ stage: "new", source: "ad" });
    expect(told.map(({ data }) => objectOf(data)?.lead)).toContain("LEAD-100");
  });

  test("makes one lead of ten callers for one person", async () => {
    const company = ctx(await createCompany());
    const [contactId = 0] = await people(company.companyId, 1);
    const leads = await Promise.all(
      Array.from({ length: 10 }, () => company.transact((tx) => openLead(tx, { contactId, stage: "new" }))),
    );
    expect(new Set(leads.map((lead) => lead.id)).size).toBe(1);
    const next = await company.transact(async (tx) =>
      openLead(tx, { contactId: await personIn(db, company.companyId), stage: "new" }),
    );
    expect(next.number).toBe(2);
  });
});
