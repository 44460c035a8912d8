import { describe, expect, test } from "vitest";
import type { Ctx } from "../../../server/domain/context.ts";
import { changePersonStage } from "../../../server/domain/leads/change-person-stage.ts";
import { findOpenLead, getLead } from "../../../server/domain/leads/get-lead.ts";
import { listLeads } from "../../../server/domain/leads/list-leads.ts";
import { openLead } from "../../../server/domain/leads/open-lead.ts";
import type { Stage } from "../../../shared/stages.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function withLead() {
  const company = ctx(await createCompany());
  const contactId = await personIn(db, company.companyId);
  const lead = await company.transact((tx) => openLead(tx, { contactId, stage: "new" }));
  return { company, contactId, leadId: lead.id };
}

function move(company: Ctx, contactId: number, stage: Stage) {
  return company.transact((tx) => changePersonStage(tx, contactId, stage));
}

describe("changing a person's stage", () => {
  test("moves person and lead together and tells it with before and after", async () => {
    const { company, contactId, leadId } = await withLead();
    await company.transact((tx) => changePersonStage(tx, contactId, "qualified", { reason: "asked for a quote" }));
    expect(await getLead(company, leadId)).toMatchObject({ stage: "qualified", closedAt: null, version: 2 });
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ stage: "qualified" });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({
      type: "lead.stage_changed",
      contactId,
      before: { stage: "new" },
      after: { stage: "qualified" },
      data: { reason: "asked for a quote" },
    });
  });

  test.each(["customer", "lost", "junk"] as const)(
    "closes the lead at %s and reopens it on the way back",
    async (stage) => {
      const { company, contactId, leadId } = await withLead();
      await move(company, contactId, stage);
      expect((await getLead(company, leadId)).closedAt).not.toBeNull();
      expect(await findOpenLead(company, contactId)).toBeUndefined();
      await move(company, contactId, "contacted");
      expect(await getLead(company, leadId)).toMatchObject({ stage: "contacted", closedAt: null });
    },
  );

  test("changes only the person where there is no open lead", async () => {
    const company = ctx(await createCompany());
    const contactId = await personIn(db, company.companyId);
    await move(company, contactId, "qualified");
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ stage: "qualified" });
    expect((await listLeads(company, { contactId, limit: 10 })).items).toEqual([]);
  });

  test("opens a lead for someone who comes back and never had one", async () => {
    const company = ctx(await createCompany());
    const contactId = await personIn(db, company.companyId, { stage: "lost" });
    await move(company, contactId, "contacted");
    expect(await findOpenLead(company, contactId)).toMatchObject({ stage: "contacted" });
  });

  test("writes nothing for an equal stage", async () => {
    const { company, contactId, leadId } = await withLead();
    expect(await move(company, contactId, "new")).toBeNull();
    expect(await getLead(company, leadId)).toMatchObject({ version: 1 });
    expect(await eventTypes(db, company.companyId)).toEqual(["lead.created"]);
  });

  test("brings a lead that lagged behind up to its person", async () => {
    const { company, contactId, leadId } = await withLead();
    await move(company, contactId, "qualified");
    await company.transact((tx) => changePersonStage(tx, contactId, "qualified"));
    expect(await getLead(company, leadId)).toMatchObject({ stage: "qualified", version: 2 });
  });

  test("happens once when ten callers want the same", async () => {
    const { company, contactId } = await withLead();
    const results = await Promise.all(Array.from({ length: 10 }, () => move(company, contactId, "customer")));
    expect(results.filter((result) => result !== null)).toHaveLength(1);
  });

  test("refuses a person of another company", async () => {
    const { contactId } = await withLead();
    const stranger = ctx(await createCompany());
    await expect(move(stranger, contactId, "lost")).rejects.toMatchObject({ refusal: { kind: "not_found" } });
  });
});

describe("listing leads", () => {
  test("pages through a stage newest first without skipping or repeating", async () => {
    const company = ctx(await createCompany());
    for (let count = 0; count < 5; count++) {
      const contactId = await personIn(db, company.companyId);
      await company.transact((tx) => openLead(tx, { contactId, stage: count === 2 ? "lost" : "new" }));
    }
    const first = await listLeads(company, { stage: "new", limit: 3 });
    expect(first.items.map((lead) => lead.number)).toEqual([5, 4, 2]);
    const second = await listLeads(company, { stage: "new", limit: 3, ...(first.next ? { cursor: first.next } : {}) });
    expect(second.items.map((lead) => lead.number)).toEqual([1]);
    expect(second.next).toBeNull();
    expect((await listLeads(company, { limit: 10 })).items).toHaveLength(5);
  });
});
